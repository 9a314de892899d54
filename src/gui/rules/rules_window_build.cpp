#include "gui/rules/rule_form.hpp"
#include "gui/rules/rule_trial.hpp"
#include "gui/rules/rule_words.hpp"
#include "tocsin/gui/rules_window.hpp"

#include <QFontDatabase>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSplitter>
#include <QTabWidget>
#include <QVBoxLayout>

// What stands in the window of the rules, and its words.

namespace tocsin::gui {

void RulesWindow::build() {
    m_filter->setObjectName(QStringLiteral("ruleFilter"));
    m_list->setObjectName(QStringLiteral("ruleList"));
    m_new->setObjectName(QStringLiteral("newRule"));
    m_copy->setObjectName(QStringLiteral("copyRule"));
    m_remove->setObjectName(QStringLiteral("removeRule"));
    m_text->setObjectName(QStringLiteral("rulesText"));
    m_remarks->setObjectName(QStringLiteral("ruleRemarks"));
    m_said->setObjectName(QStringLiteral("rulesSaid"));
    m_progress->setObjectName(QStringLiteral("rulesProgress"));
    m_progress->setRange(0, 1000);
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(4);
    m_progress->hide();
    m_save->setObjectName(QStringLiteral("saveRules"));
    m_discard->setObjectName(QStringLiteral("discardRules"));
    m_aside->setObjectName(QStringLiteral("rulesAside"));
    m_trouble->setObjectName(QStringLiteral("rulesTrouble"));
    m_heading->setFont(m_ui.theme.font(Theme::Text::title));
    m_hint->setProperty("role", QStringLiteral("dim"));
    m_hint->setWordWrap(true);
    m_trouble->setProperty("role", QStringLiteral("error"));
    m_trouble->setWordWrap(true);
    m_trouble->setTextFormat(Qt::PlainText);
    m_said->setWordWrap(true);
    m_said->setTextFormat(Qt::PlainText);
    m_save->setProperty("kind", QStringLiteral("primary"));
    for (auto* button : {m_new, m_copy, m_remove, m_discard, m_save, m_aside})
        button->setAutoDefault(false);
    m_list->setUniformItemSizes(true);
    m_list->setIconSize({18, 18});
    QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    fixed.setPixelSize(12);
    m_text->setFont(fixed);
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_remarks->setMaximumHeight(96);
    m_remarks->setWordWrap(true);

    auto* left = new QWidget(this);
    auto* leftColumn = new QVBoxLayout(left);
    leftColumn->setContentsMargins(16, 0, 8, 8);
    leftColumn->setSpacing(6);
    leftColumn->addWidget(m_filter);
    leftColumn->addWidget(m_list, 1);
    auto* leftButtons = new QHBoxLayout;
    leftButtons->addWidget(m_new);
    leftButtons->addWidget(m_copy);
    leftButtons->addWidget(m_remove);
    leftColumn->addLayout(leftButtons);

    auto* both = new QSplitter(Qt::Horizontal, this);
    both->addWidget(m_form);
    both->addWidget(m_trial);
    both->setStretchFactor(0, 3);
    both->setStretchFactor(1, 2);
    both->setChildrenCollapsible(false);
    m_tabs->setObjectName(QStringLiteral("ruleTabs"));
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(both, QString());
    m_tabs->addTab(m_text, QString());

    auto* split = new QSplitter(Qt::Horizontal, this);
    split->addWidget(left);
    split->addWidget(m_tabs);
    split->setStretchFactor(0, 1);
    split->setStretchFactor(1, 4);
    split->setSizes({330, 870});
    split->setChildrenCollapsible(false);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 12, 0, 12);
    column->setSpacing(6);
    auto* top = new QWidget(this); // takes what its lines need: the room is the rules'
    top->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    auto* head = new QVBoxLayout(top);
    head->setContentsMargins(16, 0, 16, 0);
    head->setSpacing(2);
    head->addWidget(m_heading);
    head->addWidget(m_hint);
    auto* trouble = new QHBoxLayout;
    trouble->addWidget(m_trouble, 1);
    trouble->addWidget(m_aside);
    head->addLayout(trouble);
    column->addWidget(top);
    column->addWidget(split, 1);
    auto* foot = new QVBoxLayout;
    foot->setContentsMargins(16, 0, 16, 0);
    foot->addWidget(m_remarks);
    foot->addWidget(m_progress);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_said, 1);
    buttons->addWidget(m_discard);
    buttons->addWidget(m_save);
    foot->addLayout(buttons);
    column->addLayout(foot);
    resize(1200, 720);
}

void RulesWindow::retranslate() {
    setWindowTitle(tr("Rules"));
    m_heading->setText(tr("Rules"));
    m_hint->setText(tr("When readings and messages become an alarm, how grave it is and what it says. Nothing is in force before it is saved."));
    m_filter->setPlaceholderText(tr("Find a rule, a sensor, a hazard"));
    m_filter->setAccessibleName(tr("Find a rule"));
    m_list->setAccessibleName(tr("Rules"));
    m_new->setText(tr("New"));
    m_copy->setText(tr("Copy"));
    m_remove->setText(tr("Remove"));
    m_tabs->setTabText(0, tr("Rule"));
    m_tabs->setTabText(1, tr("Text of all rules"));
    m_text->setAccessibleName(tr("Text of all rules"));
    m_remarks->setAccessibleName(tr("Remarks"));
    m_discard->setText(tr("Discard changes"));
    m_aside->setText(tr("Look at the file's rules"));
    m_progress->setAccessibleName(tr("Looking over the stored past"));
    auto* menu = new QMenu(m_new);
    for (const auto& kind : RuleWords::kinds()) {
        auto* action = menu->addAction(RuleWords::kind(kind), this, [this, kind] { newRule(kind); });
        action->setObjectName(QStringLiteral("new-") + kind);
        action->setToolTip(RuleWords::explained(kind));
    }
    menu->setToolTipsVisible(true);
    delete m_new->menu();
    m_new->setMenu(menu);
    m_form->retranslate();
    m_trial->retranslate();
    fill();
    showFile();
    judge();
}

} // namespace tocsin::gui
