#include "gui/calls/call_form.hpp"

#include "gui/panels/detail_parts.hpp"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QIntValidator>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace tocsin::gui {
namespace {

constexpr int labelWidth = 104;
constexpr int countWidth = 64;
constexpr const char* longer[] = {"cause", "course", "measures", "result", "trend"};

QString named(const char* name) {
    return QString::fromLatin1(name);
}

QPlainTextEdit* longField(const char* name, int lines, QWidget* parent) {
    auto* field = new QPlainTextEdit(parent);
    field->setObjectName(QStringLiteral("call_") + named(name));
    field->setTabChangesFocus(true);
    field->setVerticalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    field->setFixedHeight(lines * field->fontMetrics().lineSpacing() + 20);
    return field;
}

} // namespace

CallForm::CallForm(const UiContext& ui, PlaceField::Parts places, const CallDraft& draft, QWidget* parent)
    : QWidget(parent), m_ui(ui), m_amends(draft.amends), m_place(new PlaceField(ui, std::move(places), this)),
      m_category(new CategoryRow(ui, this)), m_text(longField("text", 3, this)),
      m_happened(new HappenedField(ui, draft.startedAt, this)), m_fold(new QPushButton(this)),
      m_more(new QWidget(this)) {
    m_fold->setObjectName(QStringLiteral("callMore"));
    m_fold->setProperty("kind", QStringLiteral("link"));
    m_fold->setAutoDefault(false);
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(8);
    grid->setColumnMinimumWidth(0, labelWidth);
    grid->setColumnStretch(1, 1);
    grid->setColumnStretch(3, 1);
    int row = 0;
    addRow(*grid, row++, "where", m_place);
    addRow(*grid, row++, "what", m_category);
    addRow(*grid, row++, "text", m_text);
    auto* hurt = new QHBoxLayout;
    hurt->setSpacing(8);
    for (const char* count : {"dead", "injured", "missing"}) {
        auto* field = addLine(count, 8);
        field->setFixedWidth(countWidth);
        field->setValidator(new QIntValidator(0, 10'000'000, field));
        hurt->addWidget(addLabel(count));
        hurt->addWidget(field);
        hurt->addSpacing(8);
    }
    hurt->addStretch(1);
    grid->addWidget(addLabel("people"), row, 0);
    grid->addLayout(hurt, row++, 1, 1, 3);
    addRow(*grid, row++, "happened", m_happened);
    addRow(*grid, row++, "phone", addLine("phone", 60), "name", addLine("name", 100));
    addRow(*grid, row++, "unit", addLine("unit", 200), "post", addLine("post", 100));
    addRow(*grid, row++, "told", addLine("told", 1'000));
    makeMore(*grid, row);
    grid->setRowStretch(row, 1);
    fill(draft);
    connect(m_place, &PlaceField::changed, this, &CallForm::changed);
    connect(m_category, &CategoryRow::chosen, this, &CallForm::changed);
    connect(m_text, &QPlainTextEdit::textChanged, this, &CallForm::changed);
    connect(m_happened, &HappenedField::changed, this, &CallForm::changed);
    connect(m_fold, &QPushButton::clicked, this, [this] { unfold(!unfolded()); });
    m_place->line().installEventFilter(this);
    orderTabs();
}

/// As a voice tells, whatever order they were made in.
void CallForm::orderTabs() {
    QWidget* last = &m_place->line();
    const auto then = [&last](QWidget* next) {
        setTabOrder(last, next);
        last = next;
    };
    then(&m_place->mapButton());
    then(m_category);
    then(m_text);
    for (const char* name : {"dead", "injured", "missing"})
        then(m_lines[named(name)]);
    then(m_happened->focusProxy());
    for (const char* name : {"phone", "name", "unit", "post", "told"})
        then(m_lines[named(name)]);
    then(m_fold);
    for (const char* name : longer)
        then(m_longer[named(name)]);
}

QLineEdit* CallForm::addLine(const char* name, int most) {
    auto* line = new QLineEdit(this);
    line->setObjectName(QStringLiteral("call_") + named(name));
    line->setMaxLength(most);
    line->installEventFilter(this);
    connect(line, &QLineEdit::textChanged, this, &CallForm::changed);
    m_lines[named(name)] = line;
    return line;
}

QLabel* CallForm::addLabel(const char* name) {
    auto* label = new QLabel(this);
    label->setTextFormat(Qt::PlainText);
    label->setFont(m_ui.theme.font(Theme::Text::body));
    m_labels[named(name)] = label;
    return label;
}

void CallForm::addRow(QGridLayout& grid, int row, const char* left, QWidget* field, const char* right,
                      QWidget* second) {
    auto* label = addLabel(left);
    label->setContentsMargins(0, 7, 0, 0);
    grid.addWidget(label, row, 0, Qt::AlignTop);
    grid.addWidget(field, row, 1, 1, second != nullptr ? 1 : 3);
    if (second != nullptr) {
        grid.addWidget(addLabel(right), row, 2);
        grid.addWidget(second, row, 3);
    }
}

void CallForm::makeMore(QGridLayout& grid, int& row) {
    grid.addWidget(m_fold, row++, 0, 1, 4, Qt::AlignLeft);
    grid.addWidget(m_more, row++, 0, 1, 4);
    auto* inner = new QGridLayout(m_more);
    inner->setContentsMargins(0, 0, 0, 0);
    inner->setHorizontalSpacing(12);
    inner->setVerticalSpacing(8);
    inner->setColumnMinimumWidth(0, labelWidth);
    inner->setColumnStretch(1, 1);
    int at = 0;
    for (const char* name : longer) {
        auto* field = longField(name, 2, m_more);
        m_longer[named(name)] = field;
        connect(field, &QPlainTextEdit::textChanged, this, &CallForm::changed);
        auto* label = addLabel(name);
        label->setContentsMargins(0, 6, 0, 0);
        inner->addWidget(label, at, 0, Qt::AlignTop);
        inner->addWidget(field, at++, 1);
    }
    m_more->hide();
}

void CallForm::fill(const CallDraft& draft) {
    m_place->fill(draft.field("place"), draft.position);
    m_category->setCategory(draft.field("category"));
    m_text->setPlainText(draft.field("text"));
    m_happened->fill(draft.field("happened"), draft.happenedAt);
    for (const auto& [name, line] : m_lines)
        line->setText(draft.fields.value(name));
    bool more = false;
    for (const auto& [name, field] : m_longer) {
        field->setPlainText(draft.fields.value(name));
        more = more || draft.fields.contains(name);
    }
    unfold(more);
}

void CallForm::read(CallDraft& draft) const {
    draft.fields.clear();
    const auto put = [&draft](const QString& name, const QString& text) {
        if (!text.isEmpty())
            draft.fields[name] = text;
    };
    put(QStringLiteral("place"), m_place->text());
    put(QStringLiteral("category"), m_category->category());
    put(QStringLiteral("text"), m_text->toPlainText());
    put(QStringLiteral("happened"), m_happened->text());
    for (const auto& [name, line] : m_lines)
        put(name, line->text());
    for (const auto& [name, field] : m_longer)
        put(name, field->toPlainText());
    draft.position = m_place->position();
    draft.happenedAt = m_happened->time();
}

bool CallForm::unfolded() const {
    return !m_more->isHidden();
}

void CallForm::unfold(bool open) {
    m_more->setVisible(open);
    words();
}

void CallForm::goTo(char section) {
    QWidget* to = m_place;
    switch (section) {
    case 'T':
        to = m_text;
        break;
    case 'H':
        to = m_lines[QStringLiteral("dead")];
        break;
    case 'N':
        to = m_happened;
        break;
    case 'C':
        to = m_lines[QStringLiteral("phone")];
        break;
    case 'M':
        unfold(true);
        to = m_longer[QStringLiteral("cause")];
        break;
    default:
        break;
    }
    to->setFocus(Qt::ShortcutFocusReason);
}

bool CallForm::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::KeyPress && qobject_cast<QLineEdit*>(watched) != nullptr) {
        const auto& pressed = *static_cast<QKeyEvent*>(event);
        const bool enter = pressed.key() == Qt::Key_Return || pressed.key() == Qt::Key_Enter;
        const bool choosing = watched == &m_place->line() && m_place->offered() > 0; // Enter takes what is offered
        if (enter && !choosing && (pressed.modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier) {
            focusNextChild();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void CallForm::words() {
    const auto say = [this](const char* name, const QString& text, const QString& key = {}) {
        QLabel* label = m_labels.at(named(name));
        label->setText(text);
        label->setToolTip(key.isEmpty() ? QString() : QStringLiteral("Alt+") + key);
        if (const auto line = m_lines.find(named(name)); line != m_lines.end())
            line->second->setAccessibleName(text);
        if (const auto field = m_longer.find(named(name)); field != m_longer.end())
            field->second->setAccessibleName(text);
    };
    if (!m_labels.contains(QStringLiteral("trend")))
        return; // still being made
    say("where", tr("Where"), QStringLiteral("W"));
    say("what", tr("What"));
    say("text", tr("What happened"), QStringLiteral("T"));
    say("people", tr("People"), QStringLiteral("H"));
    say("dead", tr("dead"));
    say("injured", tr("injured"));
    say("missing", tr("missing"));
    say("happened", tr("Happened"), QStringLiteral("N"));
    say("phone", tr("Caller's phone"), QStringLiteral("C"));
    say("name", tr("Name"));
    say("unit", tr("Unit"));
    say("post", tr("Post"));
    say("told", tr("Told already"));
    say("cause", tr("Cause"));
    say("course", tr("Course"));
    say("measures", tr("Measures taken"));
    say("result", tr("Result"));
    say("trend", tr("Trend"));
    m_text->setAccessibleName(tr("What happened, in the caller's words"));
    for (const char* name : {"phone", "name"}) // kept apart: the desk does not give them out to be changed
        m_lines.at(named(name))->setPlaceholderText(m_amends ? tr("as recorded, unless typed anew") : QString());
    m_text->setPlaceholderText(tr("In the caller's words"));
    m_lines[QStringLiteral("told")]->setPlaceholderText(tr("Police, fire brigade, township office …"));
    m_lines[QStringLiteral("unit")]->setPlaceholderText(tr("Village, company, school …"));
    m_fold->setText((unfolded() ? QStringLiteral("▾ ") : QStringLiteral("▸ ")) +
                    tr("Cause, course, measures, result, trend (Alt+M)"));
    m_place->words();
    m_category->words();
    m_happened->words();
}

} // namespace tocsin::gui
