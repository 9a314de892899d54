#pragma once

#include <QCoreApplication>
#include <QMetaObject>
#include <QPointer>
#include <QThreadPool>
#include <utility>

namespace tocsin::gui {

/// Runs `work` on a worker of `pool` and gives what it returns to `answer` on the GUI's thread, unless `context` is
/// gone by then. Call on the GUI's thread; the pool must end before the application object does.
template <typename Work, typename Answer>
void onWorker(QThreadPool& pool, QObject* context, Work work, Answer answer) {
    pool.start([guard = QPointer<QObject>(context), work = std::move(work), answer = std::move(answer)]() mutable {
        auto result = work();
        QMetaObject::invokeMethod(
            QCoreApplication::instance(),
            [guard = std::move(guard), result = std::move(result), answer = std::move(answer)]() mutable {
                if (guard)
                    answer(std::move(result));
            },
            Qt::QueuedConnection);
    });
}

} // namespace tocsin::gui
