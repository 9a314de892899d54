#pragma once

#include "tocsin/gui/theme.hpp"
#include "tocsin/model/journal.hpp"
#include "tocsin/model/state.hpp"

#include <QLabel>
#include <QPair>
#include <QVector>
#include <QWidget>
#include <functional>
#include <vector>

class QGridLayout;
class QVBoxLayout;

namespace tocsin::gui {

/// The head of what is selected: its symbol, its name, one line under it.
class TitleBlock : public QWidget {
    Q_OBJECT
  public:
    using Paint = std::function<void(QPainter&, const QRectF&)>;
    TitleBlock(const Theme& theme, QWidget* parent);
    void set(const QString& title, const QString& second, Paint symbol);

  private:
    class Symbol;
    Symbol* m_symbol;
    QLabel* m_title;
    QLabel* m_second;
};

/// Facts in two columns, a dim label over each. A long one takes the whole width.
class FactGrid : public QWidget {
    Q_OBJECT
  public:
    struct Fact {
        QString label;
        QString text;
        bool wide{false};
        friend bool operator==(const Fact&, const Fact&) = default;
    };
    FactGrid(const Theme& theme, QWidget* parent);
    void set(const QVector<Fact>& facts); ///< facts without text are left out

  private:
    const Theme& m_theme;
    QVector<Fact> m_facts;
    QGridLayout* m_grid;
    std::vector<QPair<QLabel*, QLabel*>> m_labels;
};

/// Moments and sentences, newest first.
class TimeLine : public QWidget {
    Q_OBJECT
  public:
    TimeLine(const Theme& theme, QWidget* parent);
    struct Moment {
        QString time;
        QString sentence;
        QString actor;
        friend bool operator==(const Moment&, const Moment&) = default;
    };
    void set(const QVector<Moment>& moments);

  private:
    const Theme& m_theme;
    QVBoxLayout* m_column;
    QVector<Moment> m_moments;
};

/// A heading within a panel.
[[nodiscard]] QLabel* sectionLabel(const Theme& theme, QWidget* parent);
/// Body text that wraps. `dim`: the second line's colour and size.
[[nodiscard]] QLabel* textLabel(const Theme& theme, QWidget* parent, bool dim = false);
/// A line of 1 px.
[[nodiscard]] QWidget* hairLine(QWidget* parent);
/// Sets the text and hides the label when there is none.
void setOrHide(QLabel* label, const QString& text);

/// Whether an entry belongs into the time line of this incident.
[[nodiscard]] bool concerns(const model::Entry& entry, const model::IncidentId& incident);

} // namespace tocsin::gui
