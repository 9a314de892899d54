#pragma once

#include "gui/calls/call_draft.hpp"

#include <QObject>
#include <QThreadPool>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

namespace tocsin::gui {

/// Calls that were not finished, each a file call-<id>.json in a folder that only its owner may read: a caller's name
/// and number are in it until the call is recorded. Files are written, synced and put in place by a worker, in the
/// order of the calls here; the GUI's thread never waits. GUI thread.
class CallDrafts : public QObject {
    Q_OBJECT
  public:
    /// `folder` is made when it is needed; empty: nothing is kept.
    explicit CallDrafts(std::filesystem::path folder, QObject* parent = nullptr);
    ~CallDrafts() override; ///< waits until all is on disk

    /// Of several that wait for the disk, the newest of each id is written.
    void save(const CallDraft& draft);
    void remove(const QString& id);
    /// All that can be read, oldest first; at most 200. What cannot be read stays where it is.
    void list(QObject* context, std::function<void(std::vector<CallDraft>)> answer);
    void wait(); ///< until all is on disk: for the end of the program

    [[nodiscard]] std::filesystem::path fileOf(const QString& id) const;

  signals:
    void saved(const QString& id);
    void failed(const QString& id, const QString& reason); ///< the disk's own words

  private:
    struct Waiting {
        std::mutex mutex;
        std::map<QString, QByteArray> bytes;
    };
    std::filesystem::path m_folder;
    std::shared_ptr<Waiting> m_waiting{std::make_shared<Waiting>()};
    QThreadPool m_pool; ///< one thread, so that what is asked first is done first
};

} // namespace tocsin::gui
