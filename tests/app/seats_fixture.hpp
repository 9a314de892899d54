#pragma once

#include "app/seats_support.hpp"
#include "desk/desk_fixture.hpp"

#include <chrono>
#include <filesystem>
#include <gtest/gtest.h>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace tocsin::app {

/// A desk that takes seats, over the real socket, in a real folder.
class Seats : public test::DeskFixture {
  protected:
    void SetUp() override {
        DeskFixture::SetUp();
        ambulance = team("Ambulance 1", "ambulance");
        must(desk::NameCounty{"Testshire", false});
        must(desk::RegisterResources{{ambulance}});
        must(desk::RegisterSensors{{gauge()}, {}, false});
        incident = openIncident();
        openServer();
    }
    void TearDown() override { server.reset(); } // before the desk

    void openServer(SeatServer::Bounds bounds = {}) {
        auto opened = SeatServer::open(*desk, folder.path(), bounds);
        ASSERT_TRUE(opened) << opened.error().message;
        server = std::move(*opened);
    }
    /// Those of rules.toml, when a desk starts.
    std::vector<detect::Rule> rules() override { return detect::parseRules(rulesNow).value_or(std::vector<detect::Rule>{}); }
    [[nodiscard]] std::filesystem::path socket() const { return seatSocketOf(folder.path()); }
    SeatDesk::Parts partsFor(const std::string& person) {
        SeatDesk::Parts parts{socket(), folder.path() / "tocsin.db", clock, ids, person};
        parts.tryEvery = std::chrono::milliseconds(5);
        return parts;
    }
    std::unique_ptr<SeatDesk> sit(const std::string& person) {
        auto seat = SeatDesk::start(partsFor(person));
        EXPECT_TRUE(seat) << (seat ? "" : seat.error().message);
        return seat ? std::move(*seat) : nullptr;
    }
    static base::Result<desk::Done> at(desk::Desk& seat, desk::CommandBody body) {
        return seat.submit(desk::Command{seat.newCommandId(), seat.seated(), std::move(body)}).get();
    }
    desk::SendPlan sending() const {
        desk::SendPlan plan;
        plan.decision.incident = incident;
        plan.decision.factsAt = clock.now();
        plan.decision.lines.emplace_back();
        auto& line = plan.decision.lines.back();
        line.resource = ambulance.id;
        line.need.capability = "ambulance";
        line.eta = line.etaLow = line.etaHigh = base::Seconds(300);
        return plan;
    }
    std::size_t entriesOf(model::CommandId command) {
        const auto journal = store::Store::open(folder.path() / "tocsin.db", store::Access::readOnly);
        return (*journal)->entriesOf(command)->size();
    }

    std::string rulesNow{rulesText};
    model::Resource ambulance;
    model::IncidentId incident;
    std::unique_ptr<SeatServer> server;
};

/// A seat of a desk that says only what the test says.
class SeatOfARawDesk : public Seats {
  protected:
    void SetUp() override {
        Seats::SetUp();
        server.reset();
        raw.emplace(socket());
        std::thread welcome([&] {
            line = raw->accept();
            EXPECT_TRUE(line->hearOf<desk::SeatHello>());
            const auto seq = desk->snapshot().lastSeq;
            line->say(desk::SeatWelcome{desk::seatVersion, 1, seq});
            desk::SeatNews news;
            news.seq = seq;
            line->say(news);
        });
        seat = sit("A. Frick");
        welcome.join();
        ASSERT_TRUE(seat);
    }
    void TearDown() override {
        seat.reset();
        Seats::TearDown();
    }
    void die() {
        raw->close();
        line->close();
    }
    std::optional<test::RawDesk> raw;
    std::unique_ptr<test::RawSeat> line;
    std::unique_ptr<SeatDesk> seat;
};

} // namespace tocsin::app
