#pragma once

#include "gui/panels/detail_view.hpp"

class QLabel;
class QLineEdit;
class QPushButton;

namespace tocsin::gui {

class FactGrid;
class TitleBlock;

/// What was drawn on the map, an area, a closure or a pin: its name, which can be changed here, who drew it and until
/// when it holds, how large it is, and which teams have it on their way.
class DrawingView : public DetailView {
    Q_OBJECT
  public:
    DrawingView(const UiContext& ui, QWidget* parent);
    void show(const Selected& what) override;
    void take(const Changes& changes) override;
    void words() override;
    void tick() override;

    /// "Closure", in the language in force.
    [[nodiscard]] static QString kindWord(model::DrawingKind kind);

  private:
    [[nodiscard]] const model::Drawing* drawing() const;
    void facts();
    void rename();
    void remove();

    model::DrawingId m_drawing;
    TitleBlock* m_title;
    FactGrid* m_facts;
    QLabel* m_crossed;
    QLabel* m_nameTitle;
    QLineEdit* m_name;
    QLabel* m_noteTitle;
    QLineEdit* m_note;
    QPushButton* m_save;
    QLabel* m_trouble;
    QPushButton* m_onMap;
    QPushButton* m_remove;
    QString m_nameBefore; ///< as they were when they were put into the fields: what differs was typed here
    QString m_noteBefore;
};

} // namespace tocsin::gui
