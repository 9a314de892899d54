#include "gui/dispatch/aid_page.hpp"

#include "gui/dispatch/dispatch_words.hpp"
#include "tocsin/gui/panels/words.hpp"
#include "tocsin/ingest/encode_edxl_rm.hpp"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSaveFile>
#include <QSignalBlocker>
#include <QSplitter>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <algorithm>

namespace tocsin::gui {

namespace {

constexpr int idRole = Qt::UserRole;

/// The desk's own order of states: what may follow.
bool mayFollow(model::AidState from, model::AidState to) {
    switch (to) {
    case model::AidState::drafted:
        return false;
    case model::AidState::sent:
        return from == model::AidState::drafted;
    case model::AidState::accepted:
    case model::AidState::declined:
        return from == model::AidState::sent;
    case model::AidState::arrived:
        return from == model::AidState::accepted;
    case model::AidState::returned:
        return from == model::AidState::arrived;
    case model::AidState::cancelled:
        return from < model::AidState::declined;
    }
    return false;
}

} // namespace

AidPage::AidPage(const UiContext& ui, QWidget* parent)
    : DispatchPage(ui, parent), m_list(new QTreeWidget(this)), m_text(new QPlainTextEdit(this)),
      m_empty(emptyLabel(ui, "aidEmpty", this)), m_new(pageButton("aidNew", "primary", this)),
      m_edit(pageButton("aidEdit", "", this)), m_copy(pageButton("aidCopy", "", this)),
      m_print(pageButton("aidPrint", "", this)), m_edxl(pageButton("aidEdxl", "", this)) {
    m_list->setObjectName(QStringLiteral("aidList"));
    m_text->setObjectName(QStringLiteral("aidText"));
    m_text->setReadOnly(true);
    m_text->setFont(ui.theme.font(Theme::Text::row));
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setAllColumnsShowFocus(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 8, 0, 0);
    column->setSpacing(8);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(12, 0, 12, 0);
    row->addWidget(m_new);
    row->addWidget(m_edit);
    row->addStretch();
    for (const auto to : {model::AidState::sent, model::AidState::accepted, model::AidState::declined,
                          model::AidState::arrived, model::AidState::returned, model::AidState::cancelled}) {
        auto* button = pageButton(("aid-" + std::string(model::toString(to))).c_str(), "", this);
        row->addWidget(button);
        m_steps.emplace_back(to, button);
        connect(button, &QPushButton::clicked, this, [this, to] { advance(to); });
    }
    row->addStretch();
    row->addWidget(m_copy);
    row->addWidget(m_print);
    row->addWidget(m_edxl);
    column->addLayout(row);
    auto* split = new QSplitter(Qt::Horizontal, this);
    split->addWidget(m_list);
    split->addWidget(m_text);
    split->setStretchFactor(0, 3);
    split->setStretchFactor(1, 2);
    split->setChildrenCollapsible(false);
    column->addWidget(m_empty, 1);
    column->addWidget(split, 1);
    connect(m_list, &QTreeWidget::currentItemChanged, this, &AidPage::choose);
    connect(m_new, &QPushButton::clicked, this, [this] { draft({}); });
    connect(m_edit, &QPushButton::clicked, this, [this] {
        if (const auto* request = current())
            draft(*request);
    });
    connect(m_copy, &QPushButton::clicked, this, [this] {
        copyText(text());
        emit said(tr("The request is on the clipboard"), false);
    });
    connect(m_print, &QPushButton::clicked, this, [this] {
        printHtml(tr("Mutual aid"), QStringLiteral("<pre style=\"font-family:sans-serif; white-space:pre-wrap\">") +
                                        text().toHtmlEscaped() + QStringLiteral("</pre>"), this);
    });
    connect(m_edxl, &QPushButton::clicked, this, &AidPage::exportEdxl);
}

void AidPage::takeFocus() {
    m_list->setFocus();
}

void AidPage::retranslate() {
    m_list->setHeaderLabels({tr("Number"), tr("To"), tr("What"), tr("State"), tr("Changed"), tr("Their answer")});
    m_list->setAccessibleName(tr("Requests for mutual aid"));
    m_new->setText(tr("New request…"));
    m_edit->setText(tr("Edit…"));
    m_copy->setText(tr("Copy"));
    m_print->setText(tr("Print…"));
    m_edxl->setText(tr("Save EDXL-RM…"));
    for (const auto& [to, button] : m_steps)
        button->setText(DispatchWords::aidStep(to));
    m_empty->setText(tr("Nobody was asked for aid. Choose what is short on the page 'Supplies' and ask for it, or begin a new "
                        "request here."));
    refresh();
}

void AidPage::refresh() {
    const auto& state = m_ui.desk.state();
    std::vector<const model::AidRequest*> all;
    for (const auto& [id, request] : state.aidRequests)
        all.push_back(&request);
    std::stable_sort(all.begin(), all.end(), [](const auto* a, const auto* b) { return a->changedAt > b->changedAt; });
    m_empty->setVisible(all.empty());
    m_list->parentWidget()->setVisible(!all.empty());
    {
        const QSignalBlocker quiet(m_list);
        const QString kept = m_list->currentItem() == nullptr ? QString() : m_list->currentItem()->data(0, idRole).toString();
        while (m_list->topLevelItemCount() > static_cast<int>(all.size()))
            delete m_list->takeTopLevelItem(m_list->topLevelItemCount() - 1);
        while (m_list->topLevelItemCount() < static_cast<int>(all.size()))
            new QTreeWidgetItem(m_list);
        for (std::size_t i = 0; i < all.size(); ++i) {
            auto* item = m_list->topLevelItem(static_cast<int>(i));
            const QString id = QString::fromStdString(all[i]->id.toString());
            item->setData(0, idRole, id);
            item->setText(0, Words::plain(all[i]->number));
            item->setText(1, DispatchWords::resource(state, all[i]->partner, m_ui.language));
            item->setText(2, DispatchWords::aidItems(*all[i], m_ui.language));
            item->setText(3, DispatchWords::aidState(all[i]->state));
            item->setText(4, Words::moment(all[i]->changedAt, m_ui.desk.now(), m_ui.language));
            item->setText(5, Words::plain(all[i]->note));
            if (id == kept || (kept.isEmpty() && i == 0))
                m_list->setCurrentItem(item);
        }
        if (m_list->currentItem() == nullptr && m_list->topLevelItemCount() > 0)
            m_list->setCurrentItem(m_list->topLevelItem(0));
        if (m_list->columnWidth(1) < 150) {
            constexpr int widths[] = {120, 200, 260, 140, 100};
            for (int c = 0; c < 5; ++c)
                m_list->setColumnWidth(c, widths[c]);
        }
    }
    choose();
}

const model::AidRequest* AidPage::current() const {
    const auto* item = m_list->currentItem();
    const auto id = item == nullptr ? std::nullopt : model::AidRequestId::parse(item->data(0, idRole).toString().toStdString());
    const auto& all = m_ui.desk.state().aidRequests;
    const auto found = id ? all.find(*id) : all.end();
    return found == all.end() ? nullptr : &found->second;
}

QString AidPage::text() const {
    const auto* request = current();
    return request == nullptr ? QString() : DispatchWords::aidText(*request, m_ui.desk.state(), m_ui.language, m_ui.desk.now());
}

void AidPage::choose() {
    const auto* request = current();
    const bool may = request != nullptr && !m_ui.desk.readOnly();
    m_new->setEnabled(!m_ui.desk.readOnly());
    m_edit->setEnabled(may && request->state == model::AidState::drafted);
    for (auto* button : {m_copy, m_print, m_edxl})
        button->setEnabled(request != nullptr);
    for (const auto& [to, button] : m_steps)
        button->setVisible(may && mayFollow(request->state, to));
    if (const QString words = text(); words != m_text->toPlainText())
        m_text->setPlainText(words);
}

void AidPage::advance(model::AidState to) {
    const auto* request = current();
    if (request == nullptr)
        return;
    if (to == model::AidState::accepted || to == model::AidState::arrived) {
        auto* dialog = new AidAnswer(m_ui, *request, to,
                                     [this, id = request->id, to](AskingDialog& asked, std::vector<double> lent, const QString& note) {
                                         asked.ask(m_ui.desk, desk::AdvanceAidRequest{id, to, note.toStdString(), std::move(lent)}, telling({}));
                                     },
                                     this);
        dialog->open();
        return;
    }
    LineDialog::Question question;
    question.title = tr("%1: %2", "number, act").arg(Words::plain(request->number), DispatchWords::aidStep(to));
    question.label = tr("What they said, or by whom (may be empty)");
    question.act = DispatchWords::aidStep(to);
    question.grave = to == model::AidState::cancelled;
    auto* dialog = new LineDialog(m_ui, question,
                                  [this, id = request->id, to](AskingDialog& asked, const QString& note) {
                                      asked.ask(m_ui.desk, desk::AdvanceAidRequest{id, to, note.toStdString()}, telling({}));
                                  },
                                  this);
    dialog->open();
}

void AidPage::exportEdxl() {
    const auto* request = current();
    if (request == nullptr)
        return;
    const auto& state = m_ui.desk.state();
    ingest::AidMessage message;
    message.request = *request;
    message.county = Words::local(state.desk.county, m_ui.language).toStdString();
    message.contact = request->by;
    message.sent = m_ui.desk.now();
    message.exercise = state.desk.exercise;
    if (const auto incident = state.incidents.find(request->incident); incident != state.incidents.end()) {
        message.incidentNumber = incident->second.number;
        message.incidentTitle = incident->second.title.in(m_ui.language.toStdString());
        message.place = incident->second.place.in(m_ui.language.toStdString());
        message.position = incident->second.position;
        message.exercise = message.exercise || incident->second.exercise;
    }
    for (auto& item : message.request.items) {
        const QString name = item.name.empty() ? Words::capability(item.code) : Words::local(item.name, m_ui.language);
        item.name = base::LocalText(name.toStdString());
    }
    const auto xml = ingest::encodeRequestResource(message);
    if (!xml) {
        emit said(Words::refusal(xml.error()), true);
        return;
    }
    QString name = Words::plain(request->number);
    name.replace(QLatin1Char('/'), QLatin1Char('-'));
    auto* dialog = new QFileDialog(this, tr("Save EDXL-RM"), QString(), tr("EDXL-RM (*.xml)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("xml"));
    dialog->selectFile(name + QStringLiteral(".xml"));
    connect(dialog, &QFileDialog::fileSelected, this, [this, text = QByteArray::fromStdString(*xml)](const QString& path) {
        QSaveFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size() || !file.commit())
            emit said(tr("Cannot write %1: %2").arg(path, file.errorString()), true);
        else
            emit said(tr("Written to %1").arg(path), false);
    });
    dialog->open();
}

void AidPage::draft(const model::AidRequest& request) {
    auto seen = request.id.isNull() ? std::nullopt : std::optional(request);
    auto* form = new AidForm(m_ui, request,
                             [this, seen = std::move(seen)](AskingDialog& asked, model::AidRequest made) {
                                 asked.ask(m_ui.desk, desk::PutAidRequest{std::move(made), seen}, telling(tr("The request is drafted")));
                             },
                             this);
    form->open();
}

} // namespace tocsin::gui
