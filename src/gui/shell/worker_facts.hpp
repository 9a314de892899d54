#pragma once

#include "tocsin/gui/bridge.hpp"

#include <memory>

namespace tocsin::gui {

/// What workers read to find ways and to say who should go: the desk, its incidents, resources, assignments, requests for aid and drawings, and nothing else of the state (no sensors,
/// alarms and reports, of which there are many and which change all the time). One copy, shared by all who ask: it is made when somebody asks, never because something
/// changed. While a worker reads it, it stays as it is; once none does, only what changed meanwhile is put into it.
/// GUI thread only, and whoever got a copy lets go of it there: so that nobody still reads what is changed.
class WorkerFacts {
  public:
    /// What is otherwise since. Notes names, copies nothing.
    void note(const Changes& changes);
    /// As `state` stands now; it must be the one of which note() was told.
    [[nodiscard]] std::shared_ptr<const model::State> of(const model::State& state);

  private:
    std::shared_ptr<model::State> m_facts;
    Changes m_since; ///< of the kinds that are copied; `all`: everything
};

} // namespace tocsin::gui
