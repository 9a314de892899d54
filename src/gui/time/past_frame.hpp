#pragma once

#include "tocsin/gui/ui_context.hpp"

#include <QWidget>
#include <optional>

namespace tocsin::gui {

/// Lies over the map while it shows the past: a hatched frame, and a banner that says from when the picture is and what
/// happens meanwhile. Takes no clicks.
class PastFrame : public QWidget {
    Q_OBJECT
  public:
    PastFrame(const UiContext& ui, QWidget* map);
    /// `alarm` may be empty; `grade` belongs to it.
    void say(const QString& banner, const QString& alarm, std::optional<model::Grade> grade);
    [[nodiscard]] const QString& banner() const { return m_banner; }
    [[nodiscard]] const QString& alarm() const { return m_alarm; }

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    UiContext m_ui;
    QString m_banner;
    QString m_alarm;
    std::optional<model::Grade> m_grade;
};

} // namespace tocsin::gui
