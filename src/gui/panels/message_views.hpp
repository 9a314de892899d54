#pragma once

#include "gui/panels/detail_view.hpp"

class QLabel;
class QPushButton;

namespace tocsin::gui {

class FactGrid;
class KeyButton;
class TitleBlock;

/// A citizen's report: the words, the place, the caller; verify, dismiss, open an incident, link.
class ReportView : public DetailView {
    Q_OBJECT
  public:
    ReportView(const UiContext& ui, QWidget* parent);
    void show(const Selected& what) override;
    void take(const Changes& changes) override;
    void words() override;
    void tick() override;

  private:
    [[nodiscard]] const model::Report* report() const;
    void facts();
    void judge(model::ReportState state);

    model::ReportId m_report;
    TitleBlock* m_title;
    QLabel* m_text;
    FactGrid* m_facts;
    QPushButton* m_verify;
    QPushButton* m_dismiss;
    KeyButton* m_open;
    QPushButton* m_link;
};

/// A CAP warning, in the reader's language where the sender wrote it so.
class WarningView : public DetailView {
    Q_OBJECT
  public:
    WarningView(const UiContext& ui, QWidget* parent);
    void show(const Selected& what) override;
    void take(const Changes& changes) override;
    void words() override;

  private:
    model::WarningId m_warning;
    TitleBlock* m_title;
    FactGrid* m_facts;
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
