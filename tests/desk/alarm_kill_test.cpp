// What the desk has said of shelving, muting, handing over and escalation survives its sudden death, whenever it comes.

#include "desk/alarm_fixture.hpp"

#include <algorithm>
#include <array>
#include <csignal>
#include <map>
#include <poll.h>
#include <random>
#include <sstream>
#include <sys/wait.h>
#include <unistd.h>

namespace tocsin::test {
namespace {

/// One line through a pipe: shorter than PIPE_BUF, so it is there whole or not at all.
void tell(int out, const std::string& line) {
    if (write(out, line.data(), line.size()) != static_cast<ssize_t>(line.size()))
        _exit(7);
}

class AlarmKill : public AlarmFixture {
  protected:
    /// What a desk told before it died.
    struct Told {
        std::map<std::int64_t, std::pair<std::string, std::string>> entries; ///< type and hash, by number
        std::vector<std::string> commands;                                  ///< answered with success
        base::Time clock;
    };

    /// The desk's part, in a process of its own: alarms come and go, people and time do with them what they do. Tells what
    /// is published and what is answered. Ends only by a signal.
    [[noreturn]] void work(unsigned seed, int out) {
        start();
        const auto listening = desk->subscribe([](desk::Snapshot) {},
                                               [out](std::shared_ptr<const desk::Delta> delta) {
                                                   for (const auto& entry : delta->entries)
                                                       tell(out, "E " + std::to_string(entry.seq) + ' ' + entry.type +
                                                                     ' ' + base::toHex(entry.hash) + '\n');
                                               });
        std::mt19937 random(seed);
        const auto roll = [&](unsigned sides) { return static_cast<unsigned>(random() % sides); };
        const std::array sensors{"main", "p1", "p2", "far", "tank", "lock", "reed", "siren", "p2-health"};
        const auto done = [&](desk::CommandBody body) {
            const auto id = desk->newCommandId();
            const auto answer = desk->submit(desk::Command{id, "M. Keller", std::move(body)}).get();
            if (answer && !answer->entries.empty())
                tell(out, "C " + id.toString() + '\n');
        };
        for (;;) {
            tell(out, "T " + std::to_string(base::toUnixMicros(clock.now())) + '\n');
            std::vector<model::AlarmId> some;
            for (const auto& [id, alarm] : desk->snapshot().state.alarms) {
                if (model::isActive(alarm.state) && roll(3) == 0)
                    some.push_back(id);
            }
            const auto until = clock.now() + std::chrono::minutes(1 + roll(30));
            switch (some.empty() ? 9 : roll(12)) {
            case 0:
            case 1:
                done(desk::ShelveAlarms{some, until, "being mended"});
                break;
            case 2:
                done(desk::UnshelveAlarms{some});
                break;
            case 3:
                done(desk::TakeAlarmsOutOfService{some, "broken"});
                break;
            case 4:
                done(desk::PutAlarmsBack{some});
                break;
            case 5:
                done(desk::HandAlarms{some, "Beck"});
                break;
            case 6:
                done(desk::AcknowledgeAlarms{some});
                break;
            case 7:
                pass(std::chrono::minutes(5));
                break;
            default:
                says(sensors[roll(sensors.size())], roll(2));
            }
        }
    }

    /// Reads what is told until the desk is gone; kills it after `lines` and a moment more.
    static Told killAfter(pid_t worker, int in, std::size_t lines, int millisMore) {
        Told told;
        std::string held;
        std::size_t seen = 0;
        bool killed = false;
        std::array<char, 4096> buffer{};
        for (;;) {
            pollfd waiting{in, POLLIN, 0};
            if (!killed && seen >= lines && (poll(&waiting, 1, millisMore) == 0 || seen >= lines + 40)) {
                kill(worker, SIGKILL);
                killed = true;
            }
            const auto got = read(in, buffer.data(), buffer.size());
            if (got <= 0)
                break;
            held.append(buffer.data(), static_cast<std::size_t>(got));
            for (auto end = held.find('\n'); end != std::string::npos; end = held.find('\n')) {
                std::istringstream line(held.substr(0, end));
                held.erase(0, end + 1);
                ++seen;
                std::string kind;
                line >> kind;
                if (kind == "E") {
                    std::int64_t seq = 0;
                    std::string type;
                    std::string hash;
                    line >> seq >> type >> hash;
                    told.entries[seq] = {type, hash};
                } else if (kind == "C") {
                    line >> told.commands.emplace_back();
                } else if (kind == "T") {
                    std::int64_t micros = 0;
                    line >> micros;
                    told.clock = base::fromUnixMicros(micros);
                }
            }
        }
        int status = 0;
        waitpid(worker, &status, 0);
        EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) << status;
        return told;
    }
};

/// TOCSIN_KILLS=100 for the long form.
TEST_F(AlarmKill, neitherLosesNorDoublesWhatWasDoneWithAlarms) {
    const char* asked = std::getenv("TOCSIN_KILLS");
    const int deaths = asked != nullptr ? std::max(1, std::atoi(asked)) : 12;
    std::mt19937 random(20'261'129);
    std::map<std::string, std::size_t> types;
    std::size_t entries = 0;
    std::size_t commands = 0;
    for (int death = 0; death < deaths; ++death) {
        desk.reset();
        std::array<int, 2> ends{};
        ASSERT_EQ(pipe(ends.data()), 0);
        const pid_t worker = fork();
        ASSERT_GE(worker, 0);
        if (worker == 0) {
            close(ends[0]);
            work(static_cast<unsigned>(random()) + static_cast<unsigned>(death), ends[1]);
        }
        close(ends[1]);
        const auto told = killAfter(worker, ends[0], 60 + random() % 120, static_cast<int>(random() % 4));
        close(ends[0]);
        random.discard(1);

        std::map<std::int64_t, std::pair<std::string, std::string>> stored;
        for (const auto& entry : entriesSince(0)) {
            stored[entry.seq] = {entry.type, base::toHex(entry.hash)};
            ASSERT_EQ(entry.seq, static_cast<std::int64_t>(stored.size())) << "none is missing or there twice";
        }
        for (const auto& [seq, what] : told.entries) {
            ASSERT_TRUE(stored.contains(seq)) << "death " << death << ": " << what.first << " was told and is lost";
            EXPECT_EQ(stored[seq], what);
            ++types[what.first];
            ++entries;
        }
        {
            auto store = store::Store::open(folder.path() / "tocsin.db", store::Access::readWrite, "testshire");
            ASSERT_TRUE(store);
            const auto fault = (*store)->verify();
            ASSERT_TRUE(fault);
            EXPECT_FALSE(*fault) << (*fault)->reason;
            const auto digest = (*store)->projectionDigest().value();
            ASSERT_TRUE((*store)->rebuild());
            EXPECT_EQ((*store)->projectionDigest().value(), digest) << "the alarms are what the journal says";
        }
        if (told.clock > clock.now())
            clock.advance(std::chrono::duration_cast<std::chrono::seconds>(told.clock - clock.now()) + std::chrono::seconds(1));
        start();
        tick();
        const auto before = lastSeq();
        for (const auto& id : told.commands) { // a sender that heard nothing asks again: it is known, and done once
            ++commands;
            const auto again =
                desk->submit(desk::Command{*model::CommandId::parse(id), "M. Keller", desk::WriteNote{"again", {}}}).get();
            EXPECT_TRUE(again && again->duplicate) << "death " << death << ": an answered command is forgotten";
        }
        EXPECT_EQ(lastSeq(), before) << "and not done again";
    }
    std::printf("%d deaths: %zu entries told, %zu commands answered; lost 0, twice 0\n", deaths, entries, commands);
    for (const char* type : {"alarm.raised", "alarm.shelved", "alarm.unshelved", "alarm.suppressed", "alarm.unsuppressed",
                             "alarm.out-of-service", "alarm.in-service", "alarm.handed", "alarm.acknowledged",
                             "alarm.escalated"}) {
        std::printf("  %s %zu\n", type, types[type]);
        EXPECT_GT(types[type], 0U) << type << " was never told: the test proves nothing of it";
    }
    EXPECT_GT(commands, static_cast<std::size_t>(deaths) * 5);
}

} // namespace
} // namespace tocsin::test
