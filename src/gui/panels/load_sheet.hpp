#pragma once

#include "gui/panels/alarm_rows.hpp"
#include "tocsin/gui/ui_context.hpp"
#include "tocsin/triage/alarm_board.hpp"

#include <QDialog>
#include <memory>

class QLabel;
class QVBoxLayout;

namespace tocsin::gui {

class KeyButton;
class RowList;
struct AlarmTarget;

/// What the alarm load is made of: the day's worst offenders (to be shelved or taken out of service from here), who
/// bears how much, and what may well be handed to another. Not modal; deletes itself.
class LoadSheet : public QDialog {
    Q_OBJECT
  public:
    LoadSheet(const UiContext& ui, QWidget* parent);
    ~LoadSheet() override;
    /// The window's only one: made, or brought to the front.
    static void showIn(const UiContext& ui, QWidget& window);

    [[nodiscard]] QAbstractItemModel& offenders() const;

    static constexpr std::size_t mostOffenders = 10;

  protected:
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;

  private:
    class Rows;
    void refresh();
    void words();
    void handOver();
    void open();
    bool command(int key);
    void currentMoved();
    [[nodiscard]] const triage::Offender* current() const;
    [[nodiscard]] AlarmTarget target() const; ///< of the current offender

    UiContext m_ui;
    Rows* m_rows;
    QLabel* m_headline;
    QLabel* m_measure;
    QLabel* m_offendersTitle;
    RowList* m_list;
    KeyButton* m_shelve;
    KeyButton* m_outOfService;
    QLabel* m_ownersTitle;
    QLabel* m_owners;
    QLabel* m_adviceTitle;
    QLabel* m_advice;
    KeyButton* m_hand;
};

} // namespace tocsin::gui
