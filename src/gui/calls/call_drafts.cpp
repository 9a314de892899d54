#include "gui/calls/call_drafts.hpp"

#include "gui/tools/on_worker.hpp"
#include "tocsin/base/id.hpp"
#include "tocsin/base/log.hpp"

#include <QFile>
#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>

namespace tocsin::gui {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t mostDrafts = 200;
constexpr std::uintmax_t mostBytes = 2U << 20U;
constexpr const char* partEnd = ".part";

QString lastError() {
    return QString::fromStdString(std::generic_category().message(errno));
}

bool writeAll(int file, const QByteArray& bytes) {
    for (qsizetype done = 0; done < bytes.size();) {
        const auto wrote = ::write(file, bytes.constData() + done, static_cast<std::size_t>(bytes.size() - done));
        if (wrote < 0 && errno == EINTR)
            continue;
        if (wrote <= 0)
            return false;
        done += wrote;
    }
    return true;
}

void syncFolder(const fs::path& folder) {
    const int opened = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (opened < 0)
        return;
    ::fsync(opened); // a file system that cannot is one that needs it not
    ::close(opened);
}

/// Empty if it is on disk, else why not. Readable by its owner alone; never half a file.
QString put(const fs::path& file, const QByteArray& bytes) {
    std::error_code ec;
    if (fs::create_directories(file.parent_path(), ec))
        fs::permissions(file.parent_path(), fs::perms::owner_all, ec);
    const fs::path part = file.string() + partEnd;
    ::unlink(part.c_str()); // what a crash left may not be ours to write into
    const int opened = ::open(part.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (opened < 0)
        return lastError();
    QString fault;
    if (!writeAll(opened, bytes) || ::fsync(opened) != 0)
        fault = lastError();
    if (::close(opened) != 0 && fault.isEmpty())
        fault = lastError();
    if (fault.isEmpty() && ::rename(part.c_str(), file.c_str()) != 0)
        fault = lastError();
    if (!fault.isEmpty()) {
        ::unlink(part.c_str());
        return fault;
    }
    syncFolder(file.parent_path());
    return {};
}

std::optional<CallDraft> readDraft(const fs::path& file) {
    std::error_code ec;
    if (!fs::is_regular_file(fs::symlink_status(file, ec)) || fs::file_size(file, ec) > mostBytes || ec)
        return std::nullopt;
    QFile in(QString::fromStdString(file.string()));
    if (!in.open(QIODevice::ReadOnly))
        return std::nullopt;
    auto draft = callDraftFrom(in.read(static_cast<qint64>(mostBytes)));
    if (!draft || file.filename() != "call-" + draft->id.toStdString() + ".json") {
        base::log::warn("{} is no draft of a call: {}", file.string(),
                        draft ? "its name is another's" : draft.error().describe());
        return std::nullopt;
    }
    return std::move(*draft);
}

std::vector<CallDraft> readAll(const fs::path& folder) {
    std::vector<CallDraft> out;
    std::error_code ec;
    for (fs::directory_iterator each(folder, ec), end; !ec && each != end && out.size() < mostDrafts; each.increment(ec)) {
        const auto name = each->path().filename().string();
        if (!name.starts_with("call-"))
            continue;
        if (name.ends_with(partEnd)) {
            std::error_code ignored;
            fs::remove(each->path(), ignored); // a crash in the middle: the file before it is whole
        } else if (name.ends_with(".json")) {
            if (auto draft = readDraft(each->path()))
                out.push_back(std::move(*draft));
        }
    }
    std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.startedAt < b.startedAt; });
    return out;
}

} // namespace

CallDrafts::CallDrafts(fs::path folder, QObject* parent) : QObject(parent), m_folder(std::move(folder)) {
    m_pool.setMaxThreadCount(1);
}

CallDrafts::~CallDrafts() {
    wait();
}

void CallDrafts::wait() {
    m_pool.waitForDone();
}

fs::path CallDrafts::fileOf(const QString& id) const {
    return m_folder / ("call-" + id.toStdString() + ".json");
}

void CallDrafts::save(const CallDraft& draft) {
    if (m_folder.empty() || !base::Uuid::parse(draft.id.toStdString()))
        return;
    {
        const std::lock_guard lock(m_waiting->mutex);
        m_waiting->bytes[draft.id] = toJson(draft);
    }
    onWorker(
        m_pool, this,
        [waiting = m_waiting, file = fileOf(draft.id), id = draft.id]() -> std::optional<QString> {
            QByteArray bytes;
            {
                const std::lock_guard lock(waiting->mutex);
                const auto newest = waiting->bytes.find(id);
                if (newest == waiting->bytes.end())
                    return std::nullopt; // an earlier turn has written it, or it is wanted no more
                bytes = std::move(newest->second);
                waiting->bytes.erase(newest);
            }
            return put(file, bytes);
        },
        [this, id = draft.id](const std::optional<QString>& fault) {
            if (fault && fault->isEmpty())
                emit saved(id);
            else if (fault)
                emit failed(id, *fault);
        });
}

void CallDrafts::remove(const QString& id) {
    if (m_folder.empty() || !base::Uuid::parse(id.toStdString()))
        return;
    {
        const std::lock_guard lock(m_waiting->mutex);
        m_waiting->bytes.erase(id);
    }
    m_pool.start([file = fileOf(id)] {
        if (::unlink(file.c_str()) == 0)
            syncFolder(file.parent_path());
    });
}

void CallDrafts::list(QObject* context, std::function<void(std::vector<CallDraft>)> answer) {
    if (m_folder.empty())
        return answer({});
    onWorker(
        m_pool, context, [folder = m_folder] { return readAll(folder); },
        [answer = std::move(answer)](std::vector<CallDraft> drafts) { answer(std::move(drafts)); });
}

} // namespace tocsin::gui
