#pragma once

#include "county/records_row.hpp"

#include <optional>
#include <string>
#include <vector>

namespace tocsin::county {

/// Call-down lists out of rows, a step each. A list is found again by its name, a step by its resource or person; steps that no row speaks of
/// stay. Where a row says at which place its step stands, it goes there; else a known step stays where it is, and a new one comes last.
class CallListRows {
  public:
    explicit CallListRows(const std::vector<model::CallList>& kept);

    /// `whose`: the resource that the row names. What is wrong stands in the row's errors, and then nothing is taken of it.
    void take(RowReader& row, std::optional<model::ResourceId> whose);
    /// Tells the lists that are new or changed.
    void finish(RecordImport& out) const;

  private:
    struct Step {
        model::CallListStep step;
        int place{0}; ///< from 1; 0: not said
        bool told{false}; ///< by a row
    };
    struct Work {
        const model::CallList* before{nullptr}; ///< null: new
        std::string name;
        std::vector<Step> steps;
        bool touched{false};
    };
    [[nodiscard]] static Step* find(Work& work, const model::CallListStep& said);
    [[nodiscard]] static std::vector<model::CallListStep> inOrder(const Work& work);

    std::vector<Work> m_work;
};

} // namespace tocsin::county
