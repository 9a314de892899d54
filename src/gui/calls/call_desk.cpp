#include "tocsin/gui/call_desk.hpp"

#include "gui/calls/call_drafts.hpp"
#include "gui/calls/drafts_dialog.hpp"
#include "gui/calls/map_pointing.hpp"
#include "gui/tools/here_mark.hpp"
#include "tocsin/gui/call_dialog.hpp"
#include "tocsin/gui/map_view.hpp"

#include <QEvent>
#include <QPointer>
#include <QScreen>
#include <algorithm>

namespace tocsin::gui {

namespace {
constexpr int edge = 16;
constexpr int belowBar = 64;  ///< the top bar stays in sight
constexpr int nextCall = 36; ///< how far each further call stands off the one before
} // namespace

struct CallDesk::Impl {
    Impl(CallDesk& self, Parts&& given)
        : q(self), parts(std::move(given)), drafts(std::make_shared<CallDrafts>(parts.drafts)),
          pointing(parts.ui.theme, parts.map) {}

    struct Open {
        QPointer<CallDialog> dialog;
        QPointer<HereMark> mark;
    };

    CallDialog* show(std::optional<CallDraft> draft);
    void put(CallDialog& dialog);
    void mark(CallDialog* dialog, const model::Position& position);
    void forget();
    void offer(std::vector<CallDraft> found, bool quiet);
    void words();

    CallDesk& q;
    Parts parts;
    std::shared_ptr<CallDrafts> drafts;
    MapPointing pointing;
    std::vector<Open> open;
    QPointer<DraftsDialog> list;
    QAction* unfinished{nullptr};
};

CallDialog* CallDesk::Impl::show(std::optional<CallDraft> draft) {
    CallDialog::Parts own{parts.ui, drafts, parts.search, parts.knowledge, {}, parts.map != nullptr};
    if (parts.map != nullptr)
        own.near = [map = parts.map] { return map->centre(); };
    auto* dialog = draft ? new CallDialog(std::move(own), std::move(*draft), parts.window)
                         : new CallDialog(std::move(own), parts.window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    open.push_back({dialog, {}});
    connect(dialog, &QObject::destroyed, &q, [this] { forget(); });
    connect(dialog, &QDialog::finished, dialog, &QObject::deleteLater); // also while it is hidden, when Qt would not
    connect(dialog, &CallDialog::said, &q, &CallDesk::said);
    connect(dialog, &CallDialog::mapWanted, &q, [this, dialog] {
        pointing.start(*dialog, [dialog](const model::Position& position) { dialog->place(position); });
    });
    connect(dialog, &CallDialog::placed, &q, [this, dialog](const model::Position& position, const QString&) {
        mark(dialog, position);
        parts.ui.selection.show(position);
    });
    put(*dialog);
    dialog->show();
    dialog->raise();
    dialog->activateWindow();
    return dialog;
}

/// At the window's right, below its bar: the alarms at the left and the way to them stay free.
void CallDesk::Impl::put(CallDialog& dialog) {
    if (parts.window == nullptr)
        return;
    const QRect frame = parts.window->window()->geometry();
    const int off = nextCall * static_cast<int>(open.size() - 1);
    QSize size = dialog.size().boundedTo(QSize(frame.width() - 2 * edge, frame.height() - belowBar - edge));
    dialog.resize(size);
    dialog.move(std::max(frame.left(), frame.right() - size.width() - edge - off),
                std::min(frame.top() + belowBar + off, frame.bottom() - size.height()));
}

void CallDesk::Impl::mark(CallDialog* dialog, const model::Position& position) {
    for (Open& each : open) {
        if (each.dialog != dialog || parts.map == nullptr)
            continue;
        if (!each.mark)
            each.mark = new HereMark(parts.ui.theme, *parts.map);
        each.mark->showAt(position);
    }
}

void CallDesk::Impl::forget() {
    for (Open& each : open) {
        if (!each.dialog)
            delete each.mark.data();
    }
    std::erase_if(open, [](const Open& each) { return !each.dialog; });
}

void CallDesk::Impl::offer(std::vector<CallDraft> found, bool quiet) {
    std::erase_if(found, [this](const CallDraft& draft) {
        return std::any_of(open.begin(), open.end(),
                           [&](const Open& each) { return each.dialog && each.dialog->callId() == draft.id; });
    });
    if (found.empty()) {
        if (!quiet)
            emit q.said(CallDesk::tr("No call is unfinished."));
        return;
    }
    delete list.data();
    list = new DraftsDialog(parts.ui, std::move(found), parts.window);
    list->setAttribute(Qt::WA_DeleteOnClose);
    connect(list, &DraftsDialog::continued, &q, [this](const CallDraft& draft) { show(draft); });
    connect(list, &DraftsDialog::discarded, &q, [this](const QString& id) { drafts->remove(id); });
    list->show();
    list->raise();
    list->activateWindow();
}

void CallDesk::Impl::words() {
    unfinished->setText(CallDesk::tr("Unfinished calls"));
}

CallDesk::CallDesk(Parts parts, QObject* parent)
    : QObject(parent), m_impl(std::make_unique<Impl>(*this, std::move(parts))) {
    m_impl->unfinished = new QAction(this);
    m_impl->unfinished->setObjectName(QStringLiteral("Unfinished calls"));
    m_impl->unfinished->setData(QStringLiteral("phone"));
    connect(m_impl->unfinished, &QAction::triggered, this, [this] { offerDrafts(false); });
    if (m_impl->parts.window != nullptr)
        m_impl->parts.window->installEventFilter(this);
    m_impl->words();
}

CallDesk::~CallDesk() {
    delete m_impl->list.data();
    const auto open = std::move(m_impl->open);
    m_impl->open.clear();
    for (const auto& each : open) {
        if (each.dialog)
            each.dialog->disconnect(this);
        delete each.mark.data();
        delete each.dialog.data(); // what stands in it becomes a draft
    }
}

QList<CallDialog*> CallDesk::open() const {
    QList<CallDialog*> out;
    for (const auto& each : m_impl->open) {
        if (each.dialog)
            out << each.dialog;
    }
    return out;
}

QList<QAction*> CallDesk::actions() const {
    return {m_impl->unfinished};
}

CallDialog* CallDesk::newCall() {
    return m_impl->show(std::nullopt);
}

CallDialog* CallDesk::amend(const model::ReportId& report) {
    const auto& all = m_impl->parts.ui.desk.state().reports;
    const auto found = all.find(report);
    auto draft = found == all.end() ? std::nullopt : callDraftOf(found->second, m_impl->parts.ui.desk.now());
    if (!draft)
        return nullptr;
    for (CallDialog* each : open()) {
        if (each->callId() != draft->id)
            continue;
        each->show();
        each->raise();
        each->activateWindow();
        return each;
    }
    return m_impl->show(std::move(draft));
}

void CallDesk::offerDrafts(bool quiet) {
    if (m_impl->parts.ui.desk.readOnly()) { // another window of the county may hold them
        if (!quiet)
            emit said(tr("The desk is read-only: no call can be recorded."));
        return;
    }
    m_impl->drafts->list(this, [this, quiet](std::vector<CallDraft> found) { m_impl->offer(std::move(found), quiet); });
}

bool CallDesk::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        m_impl->words();
    return QObject::eventFilter(watched, event);
}

} // namespace tocsin::gui
