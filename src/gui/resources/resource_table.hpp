#pragma once

#include "tocsin/gui/resources_desk.hpp"
#include "tocsin/gui/ui_context.hpp"

#include <QAbstractTableModel>
#include <optional>
#include <vector>

namespace tocsin::gui {

/// The records that fit what is asked, as rows. Holds ids only: cells are made when they are looked at, so 200,000 rows cost their ids.
class ResourceTable : public QAbstractTableModel {
    Q_OBJECT
  public:
    enum class Column : unsigned char { name, kind, callSign, number, status, place, capabilities, people, room, beds, weight, height, fording, load, seats,
                                        lines, expiry, offers, attention };
    enum class Only : unsigned char { all, attention, shortStock, expiring, checkDue, stale, statusOverdue };
    struct Ask {
        std::optional<model::ResourceKind> kind;
        std::optional<model::ResourceStatus> status;
        Only only{Only::all};
        std::optional<std::vector<model::ResourceId>> found; ///< by a search, best first; absent: nothing is searched
    };

    ResourceTable(const UiContext& ui, ResourcesDesk& desk, QObject* parent);

    void show(Ask ask);
    void take(const Changes& changes); ///< true rows that changed are painted anew; what fits no more leaves at the next show()
    void retranslate();
    [[nodiscard]] const std::vector<model::ResourceId>& ids() const { return m_ids; }
    [[nodiscard]] int rowOf(model::ResourceId id) const;
    [[nodiscard]] const model::Resource* at(int row) const;
    [[nodiscard]] const Ask& asked() const { return m_ask; }
    [[nodiscard]] static QString kindText(model::ResourceKind kind);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void sort(int column, Qt::SortOrder order) override;

  private:
    [[nodiscard]] bool fits(const model::Resource& r) const;
    [[nodiscard]] QString text(const model::Resource& r, Column column) const;
    void order();

    UiContext m_ui;
    ResourcesDesk& m_desk;
    Ask m_ask;
    std::vector<model::ResourceId> m_ids;
    std::vector<Column> m_columns;
    int m_sortColumn{-1};
    Qt::SortOrder m_sortOrder{Qt::AscendingOrder};
};

} // namespace tocsin::gui
