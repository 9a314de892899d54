#pragma once

#include "tocsin/gui/ui_context.hpp"

#include <QDialog>
#include <QTimeZone>
#include <memory>
#include <optional>

class QAction;
class QComboBox;
class QLabel;
class QRadioButton;

namespace Ui {
class ShellResponse;
class ShellDuty;
} // namespace Ui

namespace tocsin::gui {

/// Sets the response level, with a reason. Its button names what it does.
class ResponseDialog : public QDialog {
    Q_OBJECT
  public:
    ResponseDialog(const UiContext& ui, QWidget* parent);
    ~ResponseDialog() override;

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void retranslate();
    void refresh();
    void act();
    void callDown();
    /// Who would be called with the level; absent: nobody.
    [[nodiscard]] std::optional<model::CallDown> chosenCall() const;
    [[nodiscard]] std::optional<model::Grade> level() const;

    UiContext m_ui;
    std::unique_ptr<Ui::ShellResponse> m_form;
    std::vector<QRadioButton*> m_levels; ///< peacetime, IV … I
    QLabel* m_callLabel;
    QComboBox* m_call; ///< the call-down list that is started with the level; hidden where none is kept
    QLabel* m_callFault; ///< why it cannot be started
};

/// Starts a shift, or hands over the one that runs.
class DutyDialog : public QDialog {
    Q_OBJECT
  public:
    DutyDialog(const UiContext& ui, QTimeZone zone, QWidget* parent);
    ~DutyDialog() override;

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void retranslate();
    void refresh();
    void act();
    void start();
    [[nodiscard]] base::Time until() const; ///< the next time at which the clock shows what was set

    UiContext m_ui;
    QTimeZone m_zone;
    std::unique_ptr<Ui::ShellDuty> m_form;
};

/// Every key, in a table: those that work anywhere, then those of each panel; and the way to the tour.
class KeysDialog : public QDialog {
    Q_OBJECT
  public:
    struct Section {
        QString title;
        QList<QAction*> actions;
    };
    KeysDialog(const UiContext& ui, const QList<Section>& sections, QWidget* parent);

  signals:
    void tourWanted();
};

} // namespace tocsin::gui
