#pragma once

#include "gui/shell/bridge_inbox.hpp"

#include <QPointer>
#include <QThreadPool>
#include <functional>
#include <memory>
#include <utility>

namespace tocsin::gui {

/// The bridge's worker threads, and the way back from them: answers come on the GUI's thread, unless the bridge or
/// whoever asked is gone by then.
class BridgeWorkers {
  public:
    explicit BridgeWorkers(std::shared_ptr<BridgeInbox> inbox) : m_inbox(std::move(inbox)) {
        m_pool.setMaxThreadCount(2);
    }
    ~BridgeWorkers() { end(); }
    BridgeWorkers(const BridgeWorkers&) = delete;
    BridgeWorkers& operator=(const BridgeWorkers&) = delete;

    [[nodiscard]] QThreadPool& pool() { return m_pool; }
    [[nodiscard]] const std::shared_ptr<BridgeInbox>& inbox() const { return m_inbox; }
    /// What has not begun is dropped; waits for what has.
    void end() {
        m_pool.clear();
        m_pool.waitForDone();
    }

    /// Without `context` whoever asked is never gone.
    template <typename Value, typename Work>
    void ask(QObject* context, std::function<void(Value)> answer, Work work) {
        const bool tied = context != nullptr;
        const QPointer<QObject> guard(context);
        m_pool.start([inbox = m_inbox, tied, guard, answer = std::move(answer),
                      work = std::make_shared<Work>(std::move(work))]() mutable {
            auto value = std::make_shared<Value>((*work)());
            inbox->post([tied, guard, answer, value, work = std::move(work)]() mutable {
                work.reset(); // what it read is let go of on the GUI's thread
                if (answer && (!tied || !guard.isNull()))
                    answer(std::move(*value));
            });
        });
    }

  private:
    QThreadPool m_pool;
    std::shared_ptr<BridgeInbox> m_inbox;
};

} // namespace tocsin::gui
