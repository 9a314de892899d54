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

} // namespace tocsin::gui
