#include "tocsin/gui/rules_window.hpp"

#include "gui/rules/rule_form.hpp"
#include "gui/rules/rule_trial.hpp"
#include "gui/rules/rule_words.hpp"
#include "tocsin/desk/plans.hpp"
#include "tocsin/gui/panels/words.hpp"
#include "tocsin/gui/symbols.hpp"

#include <QEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStyle>
#include <QTabWidget>
#include <QTextBlock>
#include <algorithm>

namespace tocsin::gui {

namespace {
constexpr int soonMs = 300;
constexpr int indexRole = Qt::UserRole;
} // namespace

RulesWindow::RulesWindow(const UiContext& ui, RulesDesk& rules, QWidget* parent)
    : QDialog(parent), m_ui(ui), m_desk(rules), m_heading(new QLabel(this)), m_hint(new QLabel(this)),
      m_trouble(new QLabel(this)), m_aside(new QPushButton(this)), m_filter(new QLineEdit(this)), m_list(new QListWidget(this)),
      m_new(new QPushButton(this)), m_copy(new QPushButton(this)), m_remove(new QPushButton(this)),
      m_tabs(new QTabWidget(this)), m_form(new RuleForm(ui, this)), m_trial(new RuleTrial(ui, rules, this)),
      m_text(new QPlainTextEdit(this)), m_remarks(new QListWidget(this)), m_said(new QLabel(this)),
      m_progress(new QProgressBar(this)), m_discard(new QPushButton(this)), m_save(new QPushButton(this)) {
    setObjectName(QStringLiteral("rulesWindow"));
    build();
    m_soon.setSingleShot(true);
    m_soon.setInterval(soonMs);
    connect(&m_soon, &QTimer::timeout, this, [this] {
        if (m_tabs->currentWidget() == m_text)
            textEdited();
        else
            judge();
    });
    connect(m_filter, &QLineEdit::textChanged, this, &RulesWindow::fill);
    connect(m_list, &QListWidget::currentRowChanged, this, &RulesWindow::choose);
    connect(m_copy, &QPushButton::clicked, this, &RulesWindow::copy);
    connect(m_remove, &QPushButton::clicked, this, &RulesWindow::remove);
    connect(m_discard, &QPushButton::clicked, this, &RulesWindow::reload);
    connect(m_save, &QPushButton::clicked, this, &RulesWindow::save);
    connect(m_form, &RuleForm::edited, this, &RulesWindow::edited);
    connect(m_form, &RuleForm::faulty, this, [this] {
        touched();
        m_save->setEnabled(false);
    });
    connect(m_text, &QPlainTextEdit::textChanged, this, [this] {
        if (m_filling)
            return;
        touched();
        m_changed.insert(std::string());
        m_soon.start();
    });
    connect(m_tabs, &QTabWidget::currentChanged, this, [this] {
        if (m_tabs->currentWidget() != m_text)
            return;
        m_filling = true;
        // What nobody has changed is shown as the file has it, with its comments.
        m_text->setPlainText(QString::fromStdString(m_changed.empty() ? m_desk.text() : detect::toToml(m_rules)));
        m_filling = false;
    });
    connect(m_aside, &QPushButton::clicked, this, &RulesWindow::openAside);
    connect(&ui.desk, &DeskBridge::changed, this, [this](const Changes& changes) {
        if (changes.entries > 0 || changes.all)
            refresh();
    });
    connect(m_remarks, &QListWidget::itemActivated, this,
            [this](QListWidgetItem* item) { select(item->data(indexRole).toString()); });
    connect(&ui.theme, &Theme::changed, this, &RulesWindow::fill);
    retranslate();
    reload();
}

RulesWindow::~RulesWindow() {
    m_stop.request_stop();
}

void RulesWindow::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QDialog::changeEvent(event);
}

void RulesWindow::showEvent(QShowEvent* event) {
    QDialog::showEvent(event);
    if (!isDirty())
        reload();
}

void RulesWindow::reject() {
    touched();
    if (!isDirty()) {
        QDialog::reject();
        return;
    }
    auto* ask = new QMessageBox(QMessageBox::Question, windowTitle(), tr("The changed rules are not saved."),
                                QMessageBox::NoButton, this);
    ask->setObjectName(QStringLiteral("rulesUnsaved"));
    ask->setAttribute(Qt::WA_DeleteOnClose);
    auto* drop = ask->addButton(tr("Discard changes"), QMessageBox::DestructiveRole);
    ask->setDefaultButton(ask->addButton(tr("Go on editing"), QMessageBox::RejectRole));
    connect(drop, &QPushButton::clicked, this, [this] {
        reload();
        QDialog::reject();
    });
    ask->open();
}

void RulesWindow::reload() {
    const auto kept = current();
    const std::string id = kept ? m_rules[*kept].id : std::string();
    touched();
    m_changed.clear();
    m_refused = false;
    m_before = m_desk.text();
    auto rules = detect::parseRules(m_before);
    m_rules = rules ? std::move(*rules) : std::vector<detect::Rule>{};
    showFile();
    if (m_tabs->currentWidget() == m_text) {
        m_filling = true;
        m_text->setPlainText(QString::fromStdString(m_desk.text()));
        m_filling = false;
    }
    fill();
    select(QString::fromStdString(id));
    say({}, false);
    judge();
}

void RulesWindow::refresh() {
    showFile();
    if (!isDirty() && m_desk.text() != m_before)
        reload();
}

void RulesWindow::showFile() {
    const bool aside = !m_desk.putAside().empty();
    QString trouble = Words::local(m_desk.trouble(), m_ui.language);
    if (trouble.isEmpty() && aside)
        trouble = tr("rules.toml had been changed by hand: those rules were put aside and are not in force.");
    m_trouble->setText(trouble);
    m_trouble->setVisible(!trouble.isEmpty());
    m_aside->setVisible(aside);
}

/// As if somebody had typed it: it is judged, and in force once it is saved.
void RulesWindow::openAside() {
    if (isDirty()) {
        say(tr("Save or discard the changes first."), true);
        return;
    }
    m_tabs->setCurrentWidget(m_text);
    m_text->setPlainText(QString::fromStdString(m_desk.putAside()));
    m_text->setFocus();
}

std::optional<std::size_t> RulesWindow::current() const {
    const auto* item = m_list->currentItem();
    if (item == nullptr)
        return std::nullopt;
    const auto index = item->data(indexRole).toULongLong();
    return index < m_rules.size() ? std::optional(static_cast<std::size_t>(index)) : std::nullopt;
}

void RulesWindow::fill() {
    const auto kept = current();
    {
        const QSignalBlocker quiet(m_list);
        m_list->clear();
        const QString wanted = m_filter->text().trimmed();
        for (std::size_t i = 0; i < m_rules.size(); ++i) {
            const auto& rule = m_rules[i];
            const QString title = Words::local(rule.title, m_ui.language);
            const auto kind = QString::fromStdString(std::string(detect::kindOf(rule.condition)));
            const QString subject = RuleWords::subject(rule, m_ui);
            const QString whole = QStringList{Words::plain(rule.id), title, RuleWords::kind(kind), subject,
                                              Words::hazard(rule.hazard)}
                                      .join(QLatin1Char(' '));
            if (!wanted.isEmpty() && !whole.contains(wanted, Qt::CaseInsensitive))
                continue;
            QString shown = title;
            shown.replace(QStringLiteral("{sensor}"), subject).replace(QStringLiteral("{place}"), subject);
            if (shown.isEmpty())
                shown = Words::plain(rule.id);
            if (!rule.enabled)
                shown = tr("%1 (not in force)").arg(shown);
            if (m_changed.contains(rule.id))
                shown += QStringLiteral(" •");
            auto* item = new QListWidgetItem(QIcon(Symbols::severity(rule.severity, 18, m_ui.theme, devicePixelRatioF(),
                                                                     rule.enabled)),
                                             shown, m_list);
            item->setData(indexRole, static_cast<qulonglong>(i));
            item->setToolTip(RuleWords::kind(kind) + QStringLiteral(" · ") + subject);
            if (kept == i)
                m_list->setCurrentItem(item);
        }
        if (m_list->currentRow() < 0 && m_list->count() > 0)
            m_list->setCurrentRow(0);
    }
    if (current() != kept)
        choose();
}

void RulesWindow::select(const QString& rule) {
    int row = m_list->count() > 0 ? 0 : -1;
    for (int i = 0; i < m_list->count(); ++i) {
        const auto index = m_list->item(i)->data(indexRole).toULongLong();
        if (index < m_rules.size() && QString::fromStdString(m_rules[index].id) == rule) {
            row = i;
            break;
        }
    }
    m_list->setCurrentRow(row);
    choose();
}

void RulesWindow::choose() {
    const auto index = current();
    m_copy->setEnabled(index.has_value());
    m_remove->setEnabled(index.has_value() && !m_ui.desk.readOnly());
    if (!index) {
        m_form->clear();
        m_trial->setRule(nullptr, m_rules);
        return;
    }
    m_form->show(m_rules[*index]);
    m_trial->setRule(&m_rules[*index], m_rules);
}

void RulesWindow::newRule(const QString& kind) {
    detect::Rule rule;
    rule.condition = RuleWords::conditionOf(kind);
    if (kind == QLatin1String("stuck") || kind == QLatin1String("implausible"))
        rule.kind = model::AlarmKind::sensorFault;
    else if (kind == QLatin1String("silent"))
        rule.kind = model::AlarmKind::silence;
    else if (kind == QLatin1String("warning") || kind == QLatin1String("earthquake"))
        rule.kind = model::AlarmKind::message;
    const std::string stem = kind.toStdString() + "-";
    int number = 1;
    const auto taken = [&](const std::string& id) {
        return std::any_of(m_rules.begin(), m_rules.end(), [&](const auto& other) { return other.id == id; });
    };
    while (taken(stem + std::to_string(number)))
        ++number;
    rule.id = stem + std::to_string(number);
    rule.title.text = kind == QLatin1String("warning") || kind == QLatin1String("earthquake") ? "{event}" : "{sensor}";
    rule.hazard = kind == QLatin1String("earthquake") ? "earthquake" : "other";
    if (const auto* selected = std::get_if<model::SensorId>(&m_ui.selection.current()))
        rule.subject.sensors = {*selected}; // what somebody has just looked at
    touched();
    m_rules.push_back(rule);
    m_changed.insert(rule.id);
    m_filter->clear();
    m_tabs->setCurrentIndex(0);
    fill();
    select(QString::fromStdString(rule.id));
    judge();
    m_form->setFocus();
}

void RulesWindow::copy() {
    const auto index = current();
    if (!index)
        return;
    auto rule = m_rules[*index];
    int number = 2;
    const auto stem = rule.id;
    do {
        rule.id = stem + "-" + std::to_string(number++);
    } while (std::any_of(m_rules.begin(), m_rules.end(), [&](const auto& other) { return other.id == rule.id; }));
    touched();
    m_rules.insert(m_rules.begin() + static_cast<std::ptrdiff_t>(*index) + 1, rule);
    m_changed.insert(rule.id);
    fill();
    select(QString::fromStdString(rule.id));
    judge();
}

void RulesWindow::remove() {
    const auto index = current();
    if (!index)
        return;
    touched();
    m_rules.erase(m_rules.begin() + static_cast<std::ptrdiff_t>(*index));
    m_changed.insert(std::string());
    fill();
    select(*index < m_rules.size() ? QString::fromStdString(m_rules[*index].id) : QString());
    judge();
}

void RulesWindow::edited(const detect::Rule& rule) {
    const auto index = current();
    if (!index)
        return;
    touched();
    m_rules[*index] = rule;
    m_changed.insert(rule.id);
    m_trial->setRule(&m_rules[*index], m_rules);
    m_save->setEnabled(false); // until it has been judged
    m_soon.start();
    fill();
}

void RulesWindow::textEdited() {
    auto rules = detect::parseRules(m_text->toPlainText().toStdString());
    if (rules) {
        m_rules = std::move(*rules);
        m_text->setExtraSelections({});
        fill();
        choose();
        judge();
        return;
    }
    m_refused = true;
    m_save->setEnabled(false);
    say(Words::error(rules.error()), true);
    const auto line = rules.error().place.line;
    if (!line)
        return;
    QTextEdit::ExtraSelection mark;
    mark.cursor = QTextCursor(m_text->document()->findBlockByNumber(static_cast<int>(*line) - 1));
    mark.format.setBackground(m_ui.theme.colours().raised);
    mark.format.setProperty(QTextFormat::FullWidthSelection, true);
    mark.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
    mark.format.setUnderlineColor(m_ui.theme.grade(model::Grade::I));
    m_text->setExtraSelections({mark});
}

void RulesWindow::judge() {
    auto remarks = detect::remarksOn(m_rules, m_ui.desk.state().sensors, desk::planIds(m_ui.desk.plans()));
    remarks.insert(remarks.end(), m_past.begin(), m_past.end());
    m_refused = false;
    m_remarks->clear();
    for (const auto& remark : remarks) {
        m_refused = m_refused || remark.refuses;
        const QString sentence = Words::plain(remark.rule) + QStringLiteral(": ") + Words::local(remark.text, m_ui.language);
        auto* item = new QListWidgetItem(
            Symbols::icon(remark.refuses ? QStringLiteral("close") : QStringLiteral("info"),
                          remark.refuses ? m_ui.theme.grade(model::Grade::I) : m_ui.theme.colours().dim),
            remark.refuses ? tr("Wrong: %1").arg(sentence) : tr("Doubtful: %1").arg(sentence), m_remarks);
        item->setData(indexRole, QString::fromStdString(remark.rule));
    }
    m_remarks->setVisible(!remarks.empty());
    const auto count = static_cast<int>(m_changed.size());
    m_save->setText(count == 0   ? tr("Save rules")
                    : count == 1 ? tr("Put 1 change in force")
                                 : tr("Put %1 changes in force").arg(count));
    m_save->setEnabled(count > 0 && !m_refused && !m_form->hasFault() && !m_ui.desk.readOnly());
    m_discard->setEnabled(count > 0);
    if (m_ui.desk.readOnly())
        say(tr("The desk is read-only: rules can be looked at and tried, not changed."), false);
    else if (m_refused)
        say(tr("What is wrong must be mended before the rules can be put in force."), true);
    else
        say({}, false);
}

void RulesWindow::say(const QString& sentence, bool bad) {
    m_said->setProperty("role", bad ? QStringLiteral("error") : QStringLiteral("dim"));
    m_said->style()->unpolish(m_said);
    m_said->style()->polish(m_said);
    m_said->setText(sentence);
}

} // namespace tocsin::gui
