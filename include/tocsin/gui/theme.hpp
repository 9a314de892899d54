#pragma once

#include "tocsin/model/grade.hpp"

#include <QColor>
#include <QFont>
#include <QObject>
#include <QString>

namespace tocsin::gui {

/// The colours of one look. Names as in the drawing's token table.
struct Palette {
    QColor window, panel, raised, line;
    QColor text, dim, faint;
    QColor accent, onAccent, selectedRow;
    QColor grade[4]; ///< I … IV: red, orange, yellow, blue; severity and nothing else
    QColor onGrade[4];
    QColor good; ///< a feed's lamp when all is well
    QColor exercise, exerciseDark;
    QColor mapGround, mapLabelBack;
    QColor scrim; ///< what floats over the map
};

/// The look in force: dark (default) or light. One object, made by the application and passed to who draws.
class Theme : public QObject {
    Q_OBJECT
  public:
    enum class Look : unsigned char { dark, light };
    explicit Theme(Look look, QObject* parent = nullptr);
    struct Paper {};
    explicit Theme(Paper paper); ///< the light colours for what is printed; the application keeps those that it wears

    [[nodiscard]] Look look() const { return m_look; }
    void setLook(Look look); ///< restyles the application and emits changed()

    [[nodiscard]] const Palette& colours() const { return m_palette; }
    [[nodiscard]] QColor grade(model::Grade grade) const { return m_palette.grade[static_cast<int>(grade) - 1]; }
    [[nodiscard]] QColor onGrade(model::Grade grade) const { return m_palette.onGrade[static_cast<int>(grade) - 1]; }

    enum class Text : unsigned char { clock, title, row, rowBold, body, bodyBold, second, hint };
    /// Noto Sans (with CJK), tabular figures; pixel sizes 22, 18, 14, 14, 13, 13, 12, 11.
    [[nodiscard]] QFont font(Text kind) const;

  signals:
    void changed();

  private:
    void use(Look look);
    Look m_look;
    Palette m_palette;
};

} // namespace tocsin::gui
