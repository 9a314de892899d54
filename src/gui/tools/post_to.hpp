#pragma once

#include <QCoreApplication>
#include <QMetaObject>
#include <QPointer>
#include <utility>

namespace tocsin::gui {

/// Calls `work` on the GUI's thread, later, unless `context` is gone by then. Any thread; not after the application object.
template <typename Work>
void postTo(QPointer<QObject> context, Work work) {
    QMetaObject::invokeMethod(
        QCoreApplication::instance(),
        [context = std::move(context), work = std::move(work)]() mutable {
            if (context)
                work();
        },
        Qt::QueuedConnection);
}

} // namespace tocsin::gui
