#pragma once

#include "tocsin/gui/ui_context.hpp"

#include <QDate>
#include <QDialog>
#include <QTimer>
#include <optional>
#include <vector>

class QComboBox;
class QDateEdit;
class QLabel;
class QLineEdit;
class QPushButton;

namespace tocsin::gui {

class RosterView;

/// The duty rosters of all resources over a day or a week: who is on duty, who comes next, where nobody is, and shifts entered, changed and
/// removed. Modeless; works over the window's copy of the state. GUI thread.
class RosterWindow : public QDialog {
    Q_OBJECT
  public:
    explicit RosterWindow(const UiContext& ui, QWidget* parent = nullptr);
    void select(model::ResourceId id);

  signals:
    void recordWanted(tocsin::model::ResourceId id);

  protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

  private:
    void build();
    void retranslate();
    void look();         ///< the rows anew
    void follow();
    void tellGaps();
    void fillCapabilities();
    void enable();
    void goTo(const QDate& day);
    void step(int days);
    void enter();
    void change();
    void remove();
    void print();
    void say(const QString& sentence, bool bad = true);
    [[nodiscard]] bool isWeek() const;
    [[nodiscard]] QDate today() const;
    [[nodiscard]] const model::Resource* chosen() const;

    UiContext m_ui;
    QDate m_day;
    std::optional<model::ResourceId> m_follow; ///< has just got a shift
    QTimer m_soon;
    QTimer m_tick;
    std::vector<std::string> m_codes; ///< in the list of capabilities
    QLabel* m_heading;
    QLabel* m_hint;
    QPushButton* m_back;
    QDateEdit* m_date;
    QPushButton* m_on;
    QPushButton* m_today;
    QComboBox* m_span;
    QLineEdit* m_search;
    QComboBox* m_kind;
    QComboBox* m_capability;
    QComboBox* m_only;
    QLabel* m_count;
    QLabel* m_gaps;
    RosterView* m_view;
    QLabel* m_empty;
    QLabel* m_said;
    QPushButton* m_new;
    QPushButton* m_change;
    QPushButton* m_remove;
    QPushButton* m_record;
    QPushButton* m_import;
    QPushButton* m_export;
    QPushButton* m_print;
};

} // namespace tocsin::gui
