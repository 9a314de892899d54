#pragma once

#include "gui/tools/post_to.hpp"

#include <QThreadPool>

namespace tocsin::gui {

/// Runs `work` on a worker of `pool` and gives what it returns to `answer` on the GUI's thread, unless `context` is
/// gone by then. Call on the GUI's thread; the pool must end before the application object does.
template <typename Work, typename Answer>
void onWorker(QThreadPool& pool, QObject* context, Work work, Answer answer) {
    pool.start([guard = QPointer<QObject>(context), work = std::move(work), answer = std::move(answer)]() mutable {
        auto result = work();
        postTo(std::move(guard), [result = std::move(result), answer = std::move(answer)]() mutable {
            answer(std::move(result));
        });
    });
}

} // namespace tocsin::gui
