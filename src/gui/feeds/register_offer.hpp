#pragma once

#include "tocsin/gui/ui_context.hpp"

#include <QPushButton>
#include <vector>

namespace tocsin::gui {

/// Beside what stands in quarantine because its sensor is not in the register: offers to register it. Several sensors may
/// have come in one item: it is then a menu of them. Hidden where there is nothing to register. GUI thread.
class RegisterOffer : public QPushButton {
    Q_OBJECT
  public:
    RegisterOffer(const UiContext& ui, QWidget* parent);
    void set(const store::QuarantineItem* item); ///< null: none is chosen

  signals:
    /// With all that the readings say of it: its id, and the unit where they name one.
    void wanted(const tocsin::model::Sensor& sensor);

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void refresh();

    UiContext m_ui;
    std::int64_t m_item{0};
    std::vector<model::Sensor> m_sensors; ///< that the item speaks of, registered or not
};

} // namespace tocsin::gui
