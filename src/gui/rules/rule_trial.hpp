#pragma once

#include "tocsin/gui/rules_desk.hpp"
#include "tocsin/gui/ui_context.hpp"

#include <QWidget>
#include <optional>

class QComboBox;
class QLabel;
class QListWidget;
class QProgressBar;
class QPushButton;

namespace tocsin::gui {

/// The stretches of the past in which a rule would have stood raised, along a line of time. Painted.
class FiringStrip : public QWidget {
    Q_OBJECT
  public:
    FiringStrip(const Theme& theme, QWidget* parent);
    void set(base::Time from, base::Time to, std::vector<detect::Firing> firings, model::Grade grade);
    void clear() { set({}, {}, {}, model::Grade::IV); }
    void mark(std::optional<std::size_t> firing); ///< the one that is selected in the list
    [[nodiscard]] QSize sizeHint() const override { return {320, 56}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {160, 56}; }

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    const Theme& m_theme;
    base::Time m_from;
    base::Time m_to;
    std::vector<detect::Firing> m_firings;
    model::Grade m_grade{model::Grade::IV};
    std::optional<std::size_t> m_marked;
};

/// When the rule that is being edited would have fired over the stored past: asked for by a button, with progress and
/// cancel.
class RuleTrial : public QWidget {
    Q_OBJECT
  public:
    RuleTrial(const UiContext& ui, RulesDesk& desk, QWidget* parent = nullptr);
    ~RuleTrial() override;

    /// Another rule, or the same changed: what was found before counts no more.
    void setRule(const detect::Rule* rule, const std::vector<detect::Rule>& all);
    void retranslate();
    void run();
    void cancel();
    [[nodiscard]] bool isRunning() const { return m_running; }

  private:
    void found(const detect::Backtest& result);
    void say(const QString& sentence, bool bad = false);
    [[nodiscard]] bool canRun() const;

    UiContext m_ui;
    RulesDesk& m_desk;
    std::optional<detect::Rule> m_rule;
    std::vector<detect::Rule> m_others;
    std::stop_source m_stop;
    bool m_running{false};
    std::uint64_t m_asked{0};
    QLabel* m_heading;
    QComboBox* m_range;
    QPushButton* m_run;
    QProgressBar* m_progress;
    QLabel* m_summary;
    FiringStrip* m_strip;
    QListWidget* m_list;
};

} // namespace tocsin::gui
