#pragma once

#include "gui/dispatch/dispatch_page.hpp"
#include "gui/dispatch/stock_worries.hpp"
#include "gui/dispatch/supply_board.hpp"

#include <map>
#include <optional>
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

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    /// What the times by road depend on.
    struct Asked {
        SupplyWays ways;
        std::map<model::DrawingId, model::Drawing> drawings;
        model::RoadWeather weather{model::RoadWeather::clear};
        friend bool operator==(const Asked&, const Asked&) = default;
    };
    void askWays(); ///< asks a worker for the times by road, if something about them is new
    void fillStock();
    void restock();
    void openRestock(std::vector<Restock> from, const DeskBridge::RoadTimes& times);
    void chooseStock();
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
    QPushButton* m_restock;
    QTreeWidget* m_stock;
    QLabel* m_empty;
    std::vector<SupplyLine> m_lines;
    std::vector<StockWorry> m_worries;
    bool m_restocking{false};
    SupplyTimes m_times;
    std::optional<Asked> m_asked;
    base::Time m_askedAt;
    std::optional<base::Time> m_lookedAt; ///< whether something is new
    bool m_waiting{false};
};

} // namespace tocsin::gui
