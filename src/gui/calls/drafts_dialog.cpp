#include "gui/calls/drafts_dialog.hpp"

#include "gui/panels/detail_parts.hpp"
#include "gui/panels/key_button.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace tocsin::gui {
namespace {
constexpr int rowsShown = 5;
constexpr int rowHeight = 74;
} // namespace

DraftsDialog::DraftsDialog(const UiContext& ui, std::vector<CallDraft> drafts, QWidget* parent)
    : QDialog(parent), m_ui(ui), m_title(new QLabel(this)), m_note(textLabel(ui.theme, this, true)),
      m_later(new KeyButton(this)), m_list(new QWidget(this)) {
    setObjectName(QStringLiteral("callDraftsDialog"));
    setMinimumWidth(640);
    m_title->setFont(ui.theme.font(Theme::Text::title));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(8);
    column->addWidget(m_title);
    column->addWidget(m_note);
    auto* scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    auto* inner = new QVBoxLayout(m_list);
    inner->setContentsMargins(0, 0, 8, 0);
    inner->setSpacing(0);
    for (CallDraft& draft : drafts)
        addRow(std::move(draft));
    inner->addStretch(1);
    scroll->setWidget(m_list);
    scroll->setMinimumHeight(rowHeight * std::min(rowsShown, static_cast<int>(m_rows.size())) + 8);
    column->addWidget(scroll, 1);
    auto* foot = new QHBoxLayout;
    foot->addStretch(1);
    foot->addWidget(m_later);
    column->addLayout(foot);
    m_later->dress(ui.theme, QStringLiteral("Esc"));
    m_later->setObjectName(QStringLiteral("callDraftsLater"));
    m_later->setAutoDefault(false);
    connect(m_later, &QPushButton::clicked, this, &QDialog::reject);
    words();
    if (!m_rows.empty())
        m_rows.front().goOn->setFocus();
}

void DraftsDialog::addRow(CallDraft draft) {
    const std::size_t index = m_rows.size();
    Row row{std::move(draft), new QWidget(m_list), nullptr, nullptr, nullptr, nullptr};
    row.sentence = textLabel(m_ui.theme, row.box);
    row.sentence->setFont(m_ui.theme.font(Theme::Text::rowBold));
    row.text = textLabel(m_ui.theme, row.box, true);
    row.text->setWordWrap(false);
    auto* goOn = new KeyButton(row.box);
    auto* drop = new KeyButton(row.box);
    goOn->dress(m_ui.theme, {}, "primary");
    drop->dress(m_ui.theme, {});
    row.goOn = goOn;
    row.drop = drop;
    row.goOn->setObjectName(QStringLiteral("callDraftContinue") + QString::number(index));
    row.drop->setObjectName(QStringLiteral("callDraftDiscard") + QString::number(index));
    auto* all = new QVBoxLayout(row.box);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    auto* line = new QHBoxLayout;
    line->setContentsMargins(0, 8, 0, 8);
    line->setSpacing(8);
    auto* words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(row.sentence);
    words->addWidget(row.text);
    line->addLayout(words, 1);
    line->addWidget(row.drop);
    line->addWidget(row.goOn);
    all->addLayout(line);
    all->addWidget(hairLine(row.box));
    m_list->layout()->addWidget(row.box);
    connect(row.goOn, &QPushButton::clicked, this, [this, index] { take(index, true); });
    connect(row.drop, &QPushButton::clicked, this, [this, index] { take(index, false); });
    m_rows.push_back(std::move(row));
    ++m_left;
}

void DraftsDialog::take(std::size_t index, bool goOn) {
    Row& row = m_rows[index];
    if (row.box->isHidden())
        return;
    row.box->hide();
    --m_left;
    if (goOn)
        emit continued(row.draft);
    else
        emit discarded(row.draft.id);
    if (m_left == 0)
        accept();
}

void DraftsDialog::words() {
    setWindowTitle(tr("Unfinished calls"));
    m_title->setText(tr("Unfinished calls"));
    m_note->setText(tr("These calls were not recorded when the desk ended. Nothing of them is lost."));
    m_later->setText(tr("Decide later"));
    for (Row& row : m_rows) {
        const QString when = Words::moment(row.draft.startedAt, m_ui.desk.now(), m_ui.language);
        QString whence;
        for (const char* name : {"place", "unit", "name", "phone"}) {
            if (whence.isEmpty())
                whence = Words::shortened(row.draft.field(name).simplified(), 40);
        }
        row.sentence->setText(whence.isEmpty() ? tr("A call of %1 was not finished").arg(when)
                                               : tr("A call of %1 from %2 was not finished").arg(when, whence));
        setOrHide(row.text, Words::shortened(row.draft.field("text").simplified(), 60));
        row.goOn->setText(tr("Continue the call"));
        row.drop->setText(tr("Discard"));
        row.goOn->setAccessibleName(row.goOn->text() + QStringLiteral(": ") + row.sentence->text());
        row.drop->setAccessibleName(row.drop->text() + QStringLiteral(": ") + row.sentence->text());
    }
}

void DraftsDialog::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        words();
    QDialog::changeEvent(event);
}

} // namespace tocsin::gui
