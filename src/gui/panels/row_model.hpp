#pragma once

#include "tocsin/base/id.hpp"
#include "tocsin/model/grade.hpp"

#include <QAbstractListModel>
#include <QString>
#include <cstdint>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

namespace tocsin::gui {

/// What a row of the left column shows. Made only for the rows that are looked at.
struct RowFace {
    enum class Shape : unsigned char { severity, incident, report, glyph };
    Shape shape{Shape::severity};
    model::Grade grade{model::Grade::IV};
    bool filled{true};    ///< severity: outline once it is over
    bool verified{false}; ///< report
    QString glyph;        ///< incident; of shape glyph all that is drawn
    QString title;
    QString second;
    QString topRight;
    QString bottomRight;
    bool bold{false};
    bool edge{false}; ///< the coloured edge of what nobody has seen yet
    bool faded{false};
    int louder{0};        ///< how often it was escalated: a broader edge and a filled mark
    std::size_t count{0}; ///< of a group: how many it stands for
    enum class Fold : unsigned char { none, closed, open };
    Fold fold{Fold::none}; ///< of a group
    int depth{0};          ///< 1: a member, under its group
    QString whole;         ///< the tool tip, where the row cannot say all; else title and second line
};

/// The rows of a list, each with an id. Their faces are made on demand, so thousands of rows cost nothing until they
/// are seen.
class RowSource : public QAbstractListModel {
    Q_OBJECT
  public:
    enum Role : int { faceRole = Qt::UserRole + 1, idRole };
    using QAbstractListModel::QAbstractListModel;

    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    /// The thing at a row; null outside.
    [[nodiscard]] virtual base::Uuid idAt(const QModelIndex& index) const = 0;
    [[nodiscard]] virtual QModelIndex indexOf(const base::Uuid& id) const = 0;
    /// Words or colours changed everywhere.
    void refreshAll();

  protected:
    [[nodiscard]] virtual RowFace face(const base::Uuid& id) const = 0;
};

/// A sorted list of things, kept up one at a time so that selection and scroll stay. Rows hold a key and an order.
class RowModel : public RowSource {
    Q_OBJECT
  public:
    /// Smaller comes first.
    struct Order {
        int first{0};
        int second{0};
        std::int64_t third{0};
        friend auto operator<=>(const Order&, const Order&) = default;
    };

    using RowSource::RowSource;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] base::Uuid idAt(const QModelIndex& index) const override;
    [[nodiscard]] QModelIndex indexOf(const base::Uuid& id) const override;

    /// Puts, moves, refreshes or (without an order) removes a row.
    void put(const base::Uuid& id, std::optional<Order> order);
    /// These and no others: what is there stays, what is missing comes, the rest goes.
    void putAll(const std::vector<std::pair<base::Uuid, Order>>& rows);

  private:
    using Row = std::pair<Order, base::Uuid>;
    [[nodiscard]] int placeOf(const Row& row) const;

    std::vector<Row> m_rows;
    std::unordered_map<base::Uuid, Order> m_orders;
};

} // namespace tocsin::gui

Q_DECLARE_METATYPE(tocsin::gui::RowFace)
