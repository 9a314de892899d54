#pragma once

#include "tocsin/gui/ui_context.hpp"

#include <QWidget>

class QLabel;
class QLineEdit;

namespace tocsin::gui {

/// Finds one alarm among thousands: a field over the list, there while a group is open that has more members than are
/// looked through by eye. Of open groups only those members are listed that have the words in their title, place, sensor
/// or rule; it says how many of how many. Down and Enter go to the list, Escape empties the field and goes there, too.
class AlarmFinder : public QWidget {
    Q_OBJECT
  public:
    static constexpr std::size_t offeredFrom = 31; ///< members

    AlarmFinder(const UiContext& ui, QWidget* parent);

    /// Shown or not; while it is not, it hides nothing.
    void offer(bool there);
    [[nodiscard]] bool isOffered() const { return m_offered; }
    [[nodiscard]] bool isLooking() const { return !m_wanted.isEmpty(); }
    [[nodiscard]] bool finds(const model::Alarm& alarm) const; ///< always true while nothing is looked for
    void setFound(std::size_t found, std::size_t members);
    void clear(); ///< without a signal
    void takeFocus();
    void words();

  signals:
    void changed(); ///< other words
    void left();    ///< the keyboard belongs to the list

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    UiContext m_ui;
    QString m_wanted;
    bool m_offered{false};
    QLineEdit* m_field;
    QLabel* m_count;
};

} // namespace tocsin::gui
