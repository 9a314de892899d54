#include "desk/desk_fixture.hpp"

#include "tocsin/model/json.hpp"

#include <gmock/gmock.h>
#include <limits>

using namespace tocsin;
using namespace tocsin::test;
using model::Drawing;
using model::DrawingKind;
using model::Position;
using ::testing::HasSubstr;

namespace {

class Drawings : public DeskFixture {
  protected:
    static Drawing drawn(DrawingKind kind, model::Line line, const std::string& name = "Rheindamm") {
        Drawing drawing;
        drawing.kind = kind;
        drawing.name = name;
        drawing.line = std::move(line);
        return drawing;
    }
    static model::Line triangle() {
        return {Position::trusted(47.1, 9.5), Position::trusted(47.2, 9.5), Position::trusted(47.2, 9.6)};
    }
    Drawing put(const Drawing& drawing) {
        const auto done = must(desk::PutDrawing{drawing});
        const auto id = model::DrawingId::parse(done.ids.at(0));
        return desk->snapshot().state.drawings.at(*id);
    }
    void expectRefused(const Drawing& drawing, base::Code code, const std::string& why) {
        const auto done = run(desk::PutDrawing{drawing});
        ASSERT_FALSE(done) << why;
        EXPECT_EQ(done.error().code, code) << done.error().message;
        EXPECT_THAT(done.error().message, HasSubstr(why));
        EXPECT_EQ(desk->snapshot().lastSeq, 0);
    }
};

TEST_F(Drawings, AreKeptWithWhoDrewThemAndWhen) {
    auto closure = drawn(DrawingKind::closure, {Position::trusted(47.1, 9.5), Position::trusted(47.1, 9.6)});
    closure.by = "somebody else";
    closure.drawnAt = base::fromUnixMicros(0);
    closure.until = clock.now() + std::chrono::hours(2);
    const auto kept = put(closure);
    EXPECT_FALSE(kept.id.isNull());
    EXPECT_EQ(kept.by, "M. Keller");
    EXPECT_EQ(kept.drawnAt, clock.now());
    EXPECT_TRUE(model::holds(kept, clock.now()));
    EXPECT_FALSE(model::holds(kept, *closure.until));
    restart();
    EXPECT_EQ(desk->snapshot().state.drawings.at(kept.id), kept);
}

TEST_F(Drawings, AnAreasRingIsClosedByTheDesk) {
    const auto area = put(drawn(DrawingKind::area, triangle()));
    EXPECT_TRUE(model::isRing(area.line));
    EXPECT_EQ(area.line.size(), 4U);
    auto doubled = triangle();
    doubled.push_back(doubled.back());
    EXPECT_EQ(put(drawn(DrawingKind::area, doubled)).line, area.line);
}

TEST_F(Drawings, AreChangedInPlaceAndRemovedOnce) {
    const auto first = put(drawn(DrawingKind::pin, {Position::trusted(47.1, 9.5)}));
    clock.advance(std::chrono::minutes(1));
    auto renamed = first;
    renamed.name = "Command post";
    renamed.by = "not me";
    const auto changed = run(desk::PutDrawing{renamed}, "A. Frick");
    ASSERT_TRUE(changed);
    EXPECT_EQ(changed->entries.at(0).type, "pin.changed");
    const auto now = desk->snapshot().state.drawings.at(first.id);
    EXPECT_EQ(now.name.text, "Command post");
    EXPECT_EQ(now.by, "M. Keller");
    EXPECT_EQ(now.drawnAt, first.drawnAt);
    EXPECT_EQ(desk->snapshot().state.drawings.size(), 1U);
    EXPECT_EQ(run(desk::PutDrawing{now}).error().code, base::Code::conflict);
    auto other = now;
    other.kind = DrawingKind::closure;
    EXPECT_EQ(run(desk::PutDrawing{other}).error().code, base::Code::refused);

    EXPECT_EQ(must(desk::RemoveDrawing{first.id}).entries.at(0).type, "pin.removed");
    EXPECT_FALSE(model::holds(desk->snapshot().state.drawings.at(first.id), clock.now()));
    EXPECT_EQ(run(desk::RemoveDrawing{first.id}).error().code, base::Code::conflict);
    EXPECT_EQ(run(desk::PutDrawing{renamed}).error().code, base::Code::conflict);
    EXPECT_EQ(run(desk::RemoveDrawing{ids.make<model::DrawingId>()}).error().code, base::Code::notFound);
}

TEST_F(Drawings, ThatCannotBeAreRefusedWithTheReason) {
    const auto p = [](double latitude, double longitude) { return Position::trusted(latitude, longitude); };
    expectRefused(drawn(DrawingKind::pin, {}), base::Code::refused, "no point");
    expectRefused(drawn(DrawingKind::pin, {p(1, 1), p(2, 2)}), base::Code::refused, "one point");
    expectRefused(drawn(DrawingKind::area, {p(1, 1), p(2, 2)}), base::Code::refused, "three different points");
    expectRefused(drawn(DrawingKind::area, {p(1, 1), p(2, 2), p(1, 1)}), base::Code::refused, "three different points");
    expectRefused(drawn(DrawingKind::area, {p(0, 1), p(0, 2), p(0, 3)}), base::Code::refused, "encloses nothing");
    expectRefused(drawn(DrawingKind::area, {p(0, 0), p(60, 0), p(60, 90)}), base::Code::outOfRange, "larger than");
    expectRefused(drawn(DrawingKind::closure, {p(1, 1), p(2, 2), p(1, 1)}), base::Code::refused, "three different");
    expectRefused(drawn(DrawingKind::closure, {p(-60, 0), p(60, 0)}), base::Code::outOfRange, "longer than");
    expectRefused(drawn(DrawingKind::closure, model::Line(2'001, p(1, 1))), base::Code::tooLarge, "2,000 points");
    expectRefused(drawn(DrawingKind::pin, {p(std::numeric_limits<double>::quiet_NaN(), 1)}), base::Code::outOfRange,
                  "finite");
    expectRefused(drawn(DrawingKind::pin, {p(1, 1)}, "bad \xC3"), base::Code::malformed, "not UTF-8");
    expectRefused(drawn(DrawingKind::pin, {p(1, 1)}, std::string(401, 'x')), base::Code::tooLarge, "longer than 400");
    auto late = drawn(DrawingKind::pin, {p(1, 1)});
    late.until = clock.now();
    expectRefused(late, base::Code::outOfRange, "end before it begins");
    late.until.reset();
    late.id = ids.make<model::DrawingId>();
    expectRefused(late, base::Code::notFound, "no such drawing");
}

TEST_F(Drawings, SentTwiceAreDrawnOnce) {
    const desk::Command command{desk->newCommandId(), "M. Keller",
                                desk::PutDrawing{drawn(DrawingKind::area, triangle())}};
    const auto first = desk->submit(command).get();
    const auto second = desk->submit(command).get();
    ASSERT_TRUE(first && second);
    EXPECT_TRUE(second->duplicate);
    EXPECT_EQ(second->ids, first->ids);
    EXPECT_EQ(desk->snapshot().state.drawings.size(), 1U);
}

TEST_F(Drawings, AReadOnlyDeskTakesNone) {
    desk.reset();
    start(true);
    EXPECT_EQ(run(desk::PutDrawing{drawn(DrawingKind::area, triangle())}).error().code, base::Code::refused);
}

TEST_F(Drawings, OfTheLastDrillGoWithIt) {
    must(desk::NameCounty{"Testshire", true});
    const auto standing = put(drawn(DrawingKind::area, triangle()));
    clock.advance(std::chrono::minutes(1));
    must(desk::StartExercise{"flood", {"Flood"}});
    const auto played = put(drawn(DrawingKind::closure, {Position::trusted(47.1, 9.5)}));
    clock.advance(std::chrono::minutes(1));
    must(desk::StartExercise{"flood", {"Flood"}});
    const auto drawings = desk->snapshot().state.drawings;
    EXPECT_FALSE(drawings.at(standing.id).removedAt);
    EXPECT_TRUE(drawings.at(played.id).removedAt);
}

} // namespace
