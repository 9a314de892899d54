#pragma once

#include "tocsin/gui/panels/panel.hpp"

#include <memory>

class QSortFilterProxyModel;

namespace Ui {
class DutyLog;
}

namespace tocsin::gui {

class LogModel;

/// The duty log (F6): one line an entry of the journal, newest first; a field filters it. Enter or a double click
/// selects what an entry is about.
class DutyLog : public Panel {
    Q_OBJECT
  public:
    explicit DutyLog(const UiContext& context, QWidget* parent = nullptr);
    ~DutyLog() override;

    [[nodiscard]] QString panelTitle() const override;
    [[nodiscard]] QString panelCount() const override;
    [[nodiscard]] QString emptyText() const override;
    void takeFocus() override; ///< to the filter

  protected:
    void retranslate() override;
    void restyle() override;
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void select(const QModelIndex& row);
    void filter();
    void writeNote();

    std::unique_ptr<Ui::DutyLog> m_form;
    LogModel* m_model;
    QSortFilterProxyModel* m_filtered;
};

} // namespace tocsin::gui
