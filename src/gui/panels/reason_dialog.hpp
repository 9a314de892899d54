#pragma once

#include "tocsin/gui/ui_context.hpp"

#include <QDialog>
#include <functional>
#include <memory>

namespace Ui {
class ReasonDialog;
}

namespace tocsin::gui {

/// Asks why, before something is done that the log must explain. Its button names the act and its object.
class ReasonDialog : public QDialog {
    Q_OBJECT
  public:
    struct Question {
        QString title;
        QString explanation;
        QString act;       ///< on the button: "Close “Seepage at the Rhine dyke”"
        bool grave{false}; ///< the button is red
        bool needed{true}; ///< an empty line is no answer
        QString option{};  ///< what may be done with it, to be ticked; empty: nothing
        std::shared_ptr<bool> taken{}; ///< whether the option is ticked; as it is at first, and as it becomes
    };
    /// What is sent when the button is pressed: given the reason.
    using Make = std::function<desk::CommandBody(const std::string& reason)>;

    ReasonDialog(const UiContext& ui, Question question, Make make, QWidget* parent);
    ~ReasonDialog() override;

  private:
    void act();
    void check();

    UiContext m_ui;
    Make m_make;
    bool m_needed;
    std::unique_ptr<Ui::ReasonDialog> m_form;
};

} // namespace tocsin::gui
