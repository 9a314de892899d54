#pragma once

#include "gui/calls/place_field.hpp"
#include "tocsin/model/journal.hpp"

#include <QDialog>

class QCheckBox;

namespace tocsin::gui {

class FactGrid;

/// Asks where a report belongs: a name of the gazetteer, coordinates, or a point on the map. Shows what the sender gave and
/// who has placed it since. Another place than the one that stands is taken only when the person has said so, by a tick. GUI thread.
class PlaceReportDialog : public QDialog {
    Q_OBJECT
  public:
    PlaceReportDialog(const UiContext& ui, PlaceField::Parts parts, model::ReportId report, bool hasMap, QWidget* parent);

    void pointedAt(const model::Position& position); ///< on the map

  signals:
    void mapWanted();
    void chosen(tocsin::model::Position position); ///< show it

  protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

  private:
    [[nodiscard]] const model::Report* report() const;
    void words();
    void facts();
    void askHistory();
    void check();
    void placed(const model::Position& position, const QString& name);
    void act();

    UiContext m_ui;
    model::ReportId m_report;
    QLabel* m_head;
    FactGrid* m_given;
    PlaceField* m_field;
    QCheckBox* m_over;
    QLabel* m_trouble;
    QPushButton* m_act;
    QPushButton* m_cancel;
    std::vector<model::Entry> m_placings;    ///< report.placed, newest first
    std::optional<model::Position> m_agreed; ///< the new place that m_over was ticked for
    std::string m_how{"address"};
    bool m_pointing{false};
    bool m_sending{false};
    bool m_asked{false};
};

} // namespace tocsin::gui
