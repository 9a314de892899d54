#pragma once

#include "gui/panels/detail_view.hpp"

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace tocsin::gui {

class FactGrid;
class TimeLine;
class TitleBlock;

/// A unit in the field: who it is, where and how it moves, what it carries, what it wrote last and what was written to it; and a line to answer it.
class UnitView : public DetailView {
    Q_OBJECT
  public:
    UnitView(const UiContext& ui, QWidget* parent);
    void show(const Selected& what) override;
    void take(const Changes& changes) override;
    void words() override;
    void tick() override;

  private:
    [[nodiscard]] const model::Unit* unit() const;
    void facts();
    void fillResources();
    void bind();
    void askForChat();
    void showChat();
    void write(); ///< what stands in the line goes to the unit
    void lineState();

    model::UnitId m_unit;
    TitleBlock* m_title;
    FactGrid* m_facts;
    QPushButton* m_onMap;
    QLabel* m_carriesTitle;
    QComboBox* m_carries;
    QPushButton* m_goToResource;
    QLabel* m_trouble;
    QLabel* m_chatTitle;
    TimeLine* m_chat;
    QLineEdit* m_line;
    QPushButton* m_write;
    QLabel* m_refused; ///< why it was not sent
    std::vector<model::Entry> m_messages; ///< newest first
    bool m_filling{false};
};

} // namespace tocsin::gui
