#pragma once

#include "gui/dispatch/dispatch_page.hpp"
#include "gui/dispatch/supply_board.hpp"

#include <vector>

class QCheckBox;
class QTreeWidget;
class QTreeWidgetItem;

namespace tocsin::gui {

/// Needs against stock, what is short and from where more would come. GUI thread.
class SupplyPage : public DispatchPage {
    Q_OBJECT
  public:
    SupplyPage(const UiContext& ui, QWidget* parent);
    void refresh() override;
    void retranslate() override;
    void takeFocus() override;

  signals:
    /// Somebody wants to ask for what is missing.
    void aidWanted(const tocsin::model::AidRequest& draft);

  private:
    void fill();
    void choose();
    void ask();
    [[nodiscard]] const SupplyLine* current() const;

    QCheckBox* m_short;
    QLabel* m_summary;
    QPushButton* m_ask;
    QTreeWidget* m_needs;
    QLabel* m_words;
    QLabel* m_stockTitle;
    QTreeWidget* m_stock;
    QLabel* m_empty;
    std::vector<SupplyLine> m_lines;
};

} // namespace tocsin::gui
