#include "map/held_rows.hpp"

#include <utility>

namespace tocsin::map {

class HeldRows::Held final : public MapRow {
  public:
    Held(const HeldRows& rows, std::size_t row) : m_rows(rows), m_row(row) {}
    std::string_view geometry() const override {
        const Row& row = m_rows.m_rows[m_row];
        return std::string_view(m_rows.m_bytes).substr(row.from, row.size);
    }
    Value value(std::size_t column) const override {
        const Cell& cell = m_rows.m_cells[m_row * m_rows.m_columns + column];
        switch (cell.kind) {
        case 1:
            return cell.whole;
        case 2:
            return cell.number;
        case 3:
            return std::string_view(m_rows.m_bytes).substr(cell.from, cell.size);
        default:
            return {};
        }
    }

  private:
    const HeldRows& m_rows;
    const std::size_t m_row;
};

bool HeldRows::add(const MapRow& row, const mapnik::box2d<double>& box) {
    const auto keep = [this](std::string_view bytes) {
        m_bytes.append(bytes);
        return m_bytes.size() - bytes.size();
    };
    const std::string_view geometry = row.geometry();
    m_rows.push_back({box, keep(geometry), geometry.size()});
    for (std::size_t i = 0; i < m_columns; ++i) {
        const MapRow::Value value = row.value(i);
        Cell cell;
        cell.kind = value.index();
        if (const auto* whole = std::get_if<std::int64_t>(&value))
            cell.whole = *whole;
        else if (const auto* number = std::get_if<double>(&value))
            cell.number = *number;
        else if (const auto* text = std::get_if<std::string_view>(&value)) {
            cell.from = keep(*text);
            cell.size = text->size();
        }
        m_cells.push_back(cell);
    }
    return bytes() <= mostBytes;
}

void HeldRows::read(const mapnik::box2d<double>& box, double least,
                    const std::function<void(const MapRow&)>& take) const {
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const mapnik::box2d<double>& own = m_rows[i].box;
        if (own.maxx() >= box.minx() && own.minx() <= box.maxx() && own.maxy() >= box.miny() &&
            own.miny() <= box.maxy() && (own.width() >= least || own.height() >= least))
            take(Held(*this, i));
    }
}

std::shared_ptr<const HeldRows> HeldTables::find(const std::string& key, bool& known) const {
    const std::lock_guard lock(m_mutex);
    const auto found = m_tables.find(key);
    known = found != m_tables.end();
    return known ? found->second : nullptr;
}

void HeldTables::put(const std::string& key, std::shared_ptr<const HeldRows> rows) {
    const std::lock_guard lock(m_mutex);
    if (rows && m_bytes + rows->bytes() > mostBytes)
        rows.reset();
    const std::size_t bytes = rows ? rows->bytes() : 0;
    if (m_tables.emplace(key, std::move(rows)).second) // else another thread was as far before
        m_bytes += bytes;
}

} // namespace tocsin::map
