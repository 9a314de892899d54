#pragma once

#include "tocsin/model/state.hpp"

#include <QString>
#include <QStringList>
#include <vector>

namespace tocsin::gui {

/// A short message as the mobile network counts it (3GPP TS 23.038 and 23.040): 160 characters of the GSM 7-bit
/// alphabet, or 153 in each part of several; with any other character 70 UTF-16 units, or 67 in each part.
struct SmsCount {
    bool unicode{false};
    int units{0}; ///< septets, or UTF-16 units
    int parts{1};
};
[[nodiscard]] SmsCount countSms(const QString& text);

/// One line of a task order: what, and its words.
struct OrderLine {
    QString label;
    QString text;
};

/// A task order for an assignment: what the team must know to go. Every form is made in English or in Chinese ("zh_CN"), whatever the window
/// speaks; where the translations are not loaded it is English. Pure; GUI thread (it reads translations).
class TaskOrder {
  public:
    /// An assignment that the state does not hold gives an empty order.
    TaskOrder(const model::State& state, model::AssignmentId assignment, const QString& language, base::Time now);

    [[nodiscard]] bool empty() const { return m_lines.empty(); }
    [[nodiscard]] const QString& title() const { return m_title; } ///< "Task order 2026-0147/3"
    [[nodiscard]] const std::vector<OrderLine>& lines() const { return m_lines; }
    [[nodiscard]] QString text() const; ///< for the screen and the clipboard
    /// For print: QTextDocument's subset; `newPage`: it begins a page of its own.
    [[nodiscard]] QString html(bool newPage = false) const;
    /// What matters most in as few characters as it can be, with the loads of who brings supplies in up to three parts; the rest while it
    /// still fits into these. What is left out of the loads is counted.
    [[nodiscard]] const QString& sms() const { return m_sms; }
    /// To be read out, one breath a line; the address is said digit by digit.
    [[nodiscard]] const QStringList& radio() const { return m_radio; }

  private:
    QString m_title;
    std::vector<OrderLine> m_lines;
    QString m_sms;
    QStringList m_radio;
};

} // namespace tocsin::gui
