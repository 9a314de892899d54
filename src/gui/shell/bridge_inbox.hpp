#pragma once

#include "gui/shell/delta_fold.hpp"

#include <QObject>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace tocsin::gui {

/// The desk's side of the bridge: what its thread may touch. It outlives the bridge in the desk's callbacks, and
/// falls silent once the bridge has closed it.
class BridgeInbox {
  public:
    explicit BridgeInbox(QObject* target) : m_target(target) {}

    /// Runs `what` on the GUI's thread, unless the bridge is gone. Any thread.
    void post(std::function<void()> what) {
        const std::lock_guard lock(m_mutex);
        if (m_target != nullptr)
            QMetaObject::invokeMethod(m_target, std::move(what), Qt::QueuedConnection);
    }

    void put(std::shared_ptr<const desk::Delta> delta, const std::function<void()>& wake) {
        // Copied here, and not by the window's thread: an entry may hold thousands of sensors.
        FoldedDeltas written;
        if (!delta->changed.empty() || !delta->entries.empty())
            written.addWritten(*delta);
        const std::lock_guard lock(m_mutex);
        if (m_target == nullptr)
            return;
        m_folded.add(std::move(written));
        m_pending.push_back(std::move(delta));
        if (m_pending.size() >= foldAfter)
            foldLocked();
        if (!m_awake) {
            m_awake = true;
            QMetaObject::invokeMethod(m_target, wake, Qt::QueuedConnection);
        }
    }

    [[nodiscard]] FoldedDeltas takeAll() {
        std::vector<std::shared_ptr<const desk::Delta>> pending;
        FoldedDeltas folded;
        {
            const std::lock_guard lock(m_mutex);
            pending.swap(m_pending);
            std::swap(folded, m_folded);
            m_awake = false;
        }
        for (const auto& delta : pending)
            folded.addHeard(*delta);
        return folded;
    }

    void close() {
        const std::lock_guard lock(m_mutex);
        m_target = nullptr;
        m_pending.clear();
    }

  private:
    static constexpr std::size_t foldAfter = 256; ///< deltas kept as they came before they are folded where they are made

    void foldLocked() {
        for (const auto& delta : m_pending)
            m_folded.addHeard(*delta);
        m_pending.clear();
    }

    std::mutex m_mutex;
    QObject* m_target;
    bool m_awake{false};
    std::vector<std::shared_ptr<const desk::Delta>> m_pending;
    FoldedDeltas m_folded;
};

} // namespace tocsin::gui
