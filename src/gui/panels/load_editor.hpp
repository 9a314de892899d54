#pragma once

#include "gui/panels/load_plan.hpp"
#include "tocsin/gui/ui_context.hpp"

#include <QDialog>
#include <functional>

class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;
class QTableWidget;

namespace tocsin::gui {

/// What one vehicle is to load: a quantity for each supply in each store, and the order of the stores. Says at once what is wrong, what the
/// vehicle may still carry and what of the need is met. Changes nothing by itself.
class LoadEditor : public QDialog {
    Q_OBJECT
  public:
    using Taken = std::function<void(std::vector<model::LoadItem> load, std::vector<model::ResourceId> stores)>;
    LoadEditor(const UiContext& ui, const QString& vehicle, LoadPlan plan, Taken taken, QWidget* parent);

  protected:
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void fillRows(); ///< which supplies are listed
    void judge();    ///< totals, the order of the stores and what is wrong follow what is typed
    void words();
    void move(int by);
    void take();

    UiContext m_ui;
    QString m_vehicle;
    LoadPlan m_plan;
    Taken m_taken;
    std::vector<std::size_t> m_shown; ///< of the plan's rows, one a line
    QLabel* m_headline;
    QLineEdit* m_find;
    QTableWidget* m_table;
    QLabel* m_orderTitle;
    QListWidget* m_order;
    QPushButton* m_up;
    QPushButton* m_down;
    QLabel* m_carried;
    QLabel* m_met;
    QLabel* m_fault;
    QPushButton* m_act;
    QPushButton* m_cancel;
};

} // namespace tocsin::gui
