#pragma once

#include "gui/panels/detail_view.hpp"

class QLabel;
class QPushButton;

namespace tocsin::gui {

class FactGrid;
class TitleBlock;

/// A CAP warning, in the reader's language where the sender wrote it so.
class WarningView : public DetailView {
    Q_OBJECT
  public:
    WarningView(const UiContext& ui, QWidget* parent);
    void show(const Selected& what) override;
    void take(const Changes& changes) override;
    void words() override;
    /// What its signature says, in the reader's words. On any thread.
    [[nodiscard]] static QString signatureText(const model::Warning& warning);
    void accept();

  private:
    model::WarningId m_warning;
    TitleBlock* m_title;
    FactGrid* m_facts;
    QLabel* m_held;
    QPushButton* m_accept;
    QLabel* m_trouble;
    QLabel* m_instructionTitle;
    QLabel* m_instruction;
    QLabel* m_descriptionTitle;
    QLabel* m_description;
    QLabel* m_deviationsTitle;
    QLabel* m_deviations;
};

/// An earthquake as its agency describes it.
class EarthquakeView : public DetailView {
    Q_OBJECT
  public:
    EarthquakeView(const UiContext& ui, QWidget* parent);
    void show(const Selected& what) override;
    void take(const Changes& changes) override;
    void words() override;
    void tick() override { words(); }

  private:
    model::EarthquakeId m_quake;
    TitleBlock* m_title;
    FactGrid* m_facts;
};

} // namespace tocsin::gui
