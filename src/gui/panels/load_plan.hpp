#pragma once

#include "tocsin/dispatch/planner.hpp"
#include "tocsin/model/state.hpp"

#include <QCoreApplication>
#include <QString>
#include <vector>

namespace tocsin::gui {

/// What one vehicle is to load, as a person says it: from which store how much of which supply. Judges what was typed, and adds up what
/// the vehicle may still carry and what of the need is met. Knows the picture that it was made from; the desk judges again.
class LoadPlan {
    Q_DECLARE_TR_FUNCTIONS(tocsin::gui::LoadPlan)
  public:
    /// `others`: what the other lines of the same plan bring; it is promised already.
    LoadPlan(const model::State& state, const QString& language, model::ResourceId vehicle, std::vector<dispatch::NeedAnswer> needs,
             std::vector<model::LoadItem> load, std::vector<model::LoadItem> others, std::vector<model::ResourceId> stores, base::Time now);

    /// One supply in one store, or aboard the vehicle itself.
    struct Row {
        model::LoadItem item; ///< its quantity is what was last understood
        double free{0};       ///< there, unexpired, neither reserved nor taken by the plan's other lines
        double kilograms{0};  ///< of one unit; 0: unknown
        double cubicMetres{0};
        bool wanted{false};   ///< some need asks for it
        QString text;         ///< as typed
        QString fault;        ///< what is wrong with that; empty: nothing
    };
    [[nodiscard]] const std::vector<Row>& rows() const { return m_rows; }
    /// Those that a need asks for, those with a quantity and, with words, those whose name, code or store has them: by row number.
    [[nodiscard]] std::vector<std::size_t> shown(const QString& words) const;
    void type(std::size_t row, const QString& text);

    /// Where it loads, in order: who has nothing to load any more is left out, who is new comes last. Itself needs no stop.
    [[nodiscard]] const std::vector<model::ResourceId>& stores() const { return m_stores; }
    void moveStore(std::size_t from, int by);

    [[nodiscard]] std::vector<model::LoadItem> load() const; ///< by the order of the stores
    /// The first thing that keeps it from being taken, as a sentence; empty: nothing.
    [[nodiscard]] QString fault() const;
    /// "1,200 of 5,000 kg, 3,800 kg left": weight, volume, and of what it is not known.
    [[nodiscard]] QString carried() const;
    /// A line for each supply asked for: how much of it the plan brings now.
    [[nodiscard]] QString met() const;
    /// So much as is missing, from the stores in the order of the rows, as far as the vehicle can carry.
    void suggest();

    /// A quantity as typed; else `fault` is a sentence. Numbers may have a decimal point, no comma.
    /// As typed, in plain digits: full-width ones and the typographic minus are what a Chinese keyboard gives.
    [[nodiscard]] static QString plainDigits(const QString& text);
    [[nodiscard]] static double quantityFrom(const QString& text, QString& fault);

  private:
    void gather(const model::Resource& store);
    void read(Row& row, const QString& text) const;
    /// What is loaded in all, and what the vehicle may carry; 0: not known.
    struct Sums {
        double kilograms{0};
        double cubicMetres{0};
        double payload{0};
        double room{0};
        bool any{false}; ///< something is loaded
    };
    [[nodiscard]] Sums sums() const;
    void follow(); ///< the stores follow the quantities
    [[nodiscard]] const model::Resource* vehicle() const;
    [[nodiscard]] QString nameOf(model::ResourceId id) const;
    [[nodiscard]] double broughtOf(const model::Need& need) const;

    const model::State& m_state;
    const QString& m_language;
    model::ResourceId m_vehicle;
    std::vector<dispatch::NeedAnswer> m_needs; ///< for supplies
    std::vector<model::LoadItem> m_others;
    std::vector<model::ResourceId> m_stores;
    base::Time m_now;
    std::vector<Row> m_rows;
};

} // namespace tocsin::gui
