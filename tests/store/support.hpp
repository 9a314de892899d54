#pragma once

#include "tocsin/base/id.hpp"
#include "tocsin/model/state.hpp"
#include "tocsin/store/readings.hpp"
#include "tocsin/store/store.hpp"

#include <filesystem>
#include <memory>
#include <random>
#include <string>
#include <vector>

namespace tocsin::store::test {

/// An empty folder that goes with its owner.
class TempFolder {
  public:
    TempFolder();
    TempFolder(const TempFolder&) = delete;
    TempFolder& operator=(const TempFolder&) = delete;
    ~TempFolder();
    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }
    [[nodiscard]] std::filesystem::path operator/(const std::string& name) const { return m_path / name; }

  private:
    std::filesystem::path m_path;
};

/// No file of this process can grow beyond `bytes` while it lives: what a full disk does to a program.
class FullDisk {
  public:
    explicit FullDisk(std::uintmax_t bytes);
    FullDisk(const FullDisk&) = delete;
    FullDisk& operator=(const FullDisk&) = delete;
    ~FullDisk();

  private:
    unsigned long m_before;
    void (*m_handler)(int);
};

/// 2026-11-20T08:00:00Z
[[nodiscard]] base::Time someTime();

[[nodiscard]] std::unique_ptr<Store> openStore(const std::filesystem::path& file, Access access = Access::readWrite);
[[nodiscard]] std::unique_ptr<ReadingStore> openReadings(const std::filesystem::path& folder,
                                                         Access access = Access::readWrite);

/// Begins, appends all, commits; false at the first failure.
[[nodiscard]] bool appendAll(Store& store, const std::vector<model::EntryDraft>& drafts);
[[nodiscard]] std::vector<model::Entry> allEntries(const Store& store);

/// Runs SQL on the file behind the store's back.
void tamper(const std::filesystem::path& file, const std::string& sql);
/// The first column of the first row.
[[nodiscard]] std::string ask(const std::filesystem::path& file, const std::string& sql);
[[nodiscard]] std::string bytesOf(const std::filesystem::path& file);
void writeBytes(const std::filesystem::path& file, const std::string& bytes);
/// Writes noise over the file from `offset` on.
void scribble(const std::filesystem::path& file, std::uintmax_t offset, std::size_t bytes);

/// Makes drafts as a desk would: things are born, changed and linked; the same for the same seed.
class DraftMaker {
  public:
    explicit DraftMaker(unsigned seed);
    [[nodiscard]] model::EntryDraft next();
    [[nodiscard]] std::vector<model::EntryDraft> next(std::size_t count);

    /// A draft that carries these after-images.
    [[nodiscard]] model::EntryDraft with(const std::vector<model::Changed>& changed,
                                         const std::string& type = "test.done", const std::string& subject = "desk");
    template <typename IdType>
    [[nodiscard]] IdType newId() {
        return m_ids.make<IdType>();
    }

    [[nodiscard]] model::Warning newWarning();
    [[nodiscard]] model::Report newReport();
    [[nodiscard]] model::Earthquake newEarthquake();
    [[nodiscard]] model::Incident newIncident();
    [[nodiscard]] model::Alarm newAlarm();
    [[nodiscard]] model::Drawing newDrawing();

  private:
    [[nodiscard]] int any(int below) { return static_cast<int>(m_random() % static_cast<unsigned>(below)); }
    [[nodiscard]] double anyReal(double from, double to) { return std::uniform_real_distribution(from, to)(m_random); }
    [[nodiscard]] std::string anyText();
    [[nodiscard]] model::Position anyPosition();
    [[nodiscard]] base::Time anyTime() { return m_now - std::chrono::seconds(any(1000)); }
    [[nodiscard]] std::vector<model::Changed> anyChanges();

    base::SeededIdSource m_ids;
    std::mt19937 m_random;
    base::Time m_now;
    model::State m_state;
};

/// `count` readings of `sensors` sensors in turn, a second a round.
[[nodiscard]] std::vector<model::Reading> someReadings(std::size_t count, std::size_t sensors,
                                                       base::Time from = someTime());
[[nodiscard]] model::Reading reading(const std::string& sensor, base::Time time, double value);
[[nodiscard]] base::Time at(const std::string& text);

} // namespace tocsin::store::test
