#pragma once

#include "gui/dispatch/task_order.hpp"

namespace tocsin::gui {

/// The orders that went out last and still run: all of the newest decision, by their numbers. Pure.
[[nodiscard]] std::vector<model::AssignmentId> newOrders(const model::State& state);
/// Of these, by their numbers; what the state does not hold is left out. Pure.
[[nodiscard]] std::vector<model::AssignmentId> byNumber(const model::State& state, std::vector<model::AssignmentId> orders);
/// Whom no message has reached: their order, another way, their incident's new place or their recall was handed to no phone, so a person must tell them. Pure.
[[nodiscard]] std::vector<model::AssignmentId> toldByVoice(const model::State& state, const std::vector<model::AssignmentId>& orders);
/// newOrders, and with them those of open incidents whose other way, new place or recall must still be told by voice. Pure.
[[nodiscard]] std::vector<model::AssignmentId> ordersToSee(const model::State& state);

/// Several task orders as one text, one print and one sheet to read out. GUI thread, as TaskOrder.
class OrderBundle {
  public:
    OrderBundle(const model::State& state, const std::vector<model::AssignmentId>& orders, const QString& language, base::Time now);

    [[nodiscard]] QString text() const;
    [[nodiscard]] QString html() const;  ///< each on a page of its own
    [[nodiscard]] QString sms() const;   ///< "To whom, phone: message", one a paragraph
    [[nodiscard]] QString radio() const; ///< an empty line between two
    /// How many short messages they are in all.
    [[nodiscard]] int messages() const;

  private:
    std::vector<TaskOrder> m_orders;
    QStringList m_to; ///< one for each: name and phone
};

} // namespace tocsin::gui
