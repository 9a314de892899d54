#pragma once

#include "tocsin/detect/rule.hpp"
#include "tocsin/gui/rules_desk.hpp"
#include "tocsin/gui/ui_context.hpp"

#include <QDialog>
#include <QTimer>
#include <optional>
#include <set>
#include <vector>

class QLabel;
class QLineEdit;
class QListWidget;
class QPlainTextEdit;
class QProgressBar;
class QPushButton;
class QTabWidget;

namespace tocsin::gui {

class RuleForm;
class RuleTrial;

/// The rules: when readings or messages become an alarm. A form for each, the text of all, and beside it when the rule
/// would have fired over the stored past; what is wrong or doubtful is said before it is saved. Modeless. GUI thread.
class RulesWindow : public QDialog {
    Q_OBJECT
  public:
    /// `rules` must outlive it.
    RulesWindow(const UiContext& ui, RulesDesk& rules, QWidget* parent = nullptr);
    ~RulesWindow() override;

    /// Selects a rule by its id; empty, or none of that name: the first.
    void select(const QString& rule);
    void newRule(const QString& kind); ///< kindOf() a condition
    void refresh(); ///< what is in force, or what is amiss with the file, may be other now
    [[nodiscard]] bool isDirty() const { return !m_changed.empty(); }

  protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void reject() override; ///< asks where something would be lost

  private:
    void build();
    void retranslate();
    void showFile();     ///< what is amiss with it
    void openAside();    ///< what was put aside, as a change that is not saved yet
    void reload();       ///< what is in force; changes are dropped
    void fill();         ///< the list
    void choose();
    void edited(const detect::Rule& rule);
    void textEdited();
    void judge();        ///< remarks
    void copy();
    void remove();
    void save();         ///< once it is known what the changed rules would have done
    void found(const base::Result<std::vector<detect::Remark>>& past);
    void ask(const QStringList& doubts); ///< whether to save all the same
    void send();
    void stopLooking();
    void touched();      ///< what was found of the rules before counts no more
    void say(const QString& sentence, bool bad);
    [[nodiscard]] std::optional<std::size_t> current() const;

    UiContext m_ui;
    RulesDesk& m_desk;
    std::vector<detect::Rule> m_rules;
    std::set<std::string> m_changed; ///< ids; "" where one was removed or the text was edited
    std::string m_before;                ///< what was in force when the changes began
    std::vector<detect::Remark> m_past;  ///< what the stored past says of the changes
    std::stop_source m_stop;
    std::uint64_t m_asked{0};
    bool m_looking{false};
    bool m_filling{false};
    bool m_refused{false};           ///< what stands here cannot be saved
    QLabel* m_heading;
    QLabel* m_hint;
    QLabel* m_trouble;
    QPushButton* m_aside;
    QLineEdit* m_filter;
    QListWidget* m_list;
    QPushButton* m_new;
    QPushButton* m_copy;
    QPushButton* m_remove;
    QTabWidget* m_tabs;
    RuleForm* m_form;
    RuleTrial* m_trial;
    QPlainTextEdit* m_text;
    QListWidget* m_remarks;
    QLabel* m_said;
    QProgressBar* m_progress;
    QPushButton* m_discard;
    QPushButton* m_save;
    QTimer m_soon;
};

} // namespace tocsin::gui
