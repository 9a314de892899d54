#include "gui/calls/call_questions.hpp"

#include <QCoreApplication>
#include <array>

namespace tocsin::gui {
namespace {

constexpr const char* context = "tocsin::gui::CallQuestions";

constexpr std::array<const char*, 10> categories{"flood",  "fire",  "landslide",      "traffic-accident", "injury",
                                                 "hazmat", "storm", "missing-person", "road",             "other"};

struct Questions {
    const char* category;
    std::array<const char*, 5> lines;
};

/// One line a question, short enough to be read aloud; null where a category has fewer.
constexpr std::array<Questions, 10> questions{{
    {"flood",
     {QT_TRANSLATE_NOOP("tocsin::gui::CallQuestions", "Is anybody trapped or in the water?"),
      QT_TRANSLATE_NOOP("tocsin::gui::CallQuestions", "Is the water rising? How deep, how fast?"),
      QT_TRANSLATE_NOOP("tocsin::gui::CallQuestions", "Is the water clear, or brown with sand?"),
      QT_TRANSLATE_NOOP("tocsin::gui::CallQuestions", "Can one still get there by road?"),
      QT_TRANSLATE_NOOP("tocsin::gui::CallQuestions", "Is the power off in the house?")}},
    {"fire",
     {QT_TRANSLATE_NOOP("tocsin::gui::CallQuestions", "Is anybody still inside?"),
      QT_TRANSLATE_NOOP("tocsin::gui::CallQuestions", "What burns, and on which floor?"),
      QT_TRANSLATE_NOOP("tocsin::gui::CallQuestions", "Are there gas bottles, chemicals or batteries?"),
      QT_TRANSLATE_NOOP("tocsin::gui::CallQuestions", "Is it spreading? Which way does the wind blow?"),
      QT_TRANSLATE_NOOP("tocsin::gui::CallQuestions", "Everybody out, doors shut: is the caller safe?")}},
    {"landslide",
     {QT_TRANSLATE_NOOP("tocsin::gui::CallQuestions", "Is anybody buried or cut off?"),
      QT_TRANSLATE_NOOP("tocsin::gui::CallQuestions", "Is it still moving? Are there cracks above?"),
      QT_TRANSLATE_NOOP("tocsin::gui::CallQuestions", "Does it dam up a stream?"),
      QT_TRANSLATE_NOOP("tocsin::gui::CallQuestions", "Which road or house is hit, and how wide?"), nullptr}},
    {"traffic-accident",
     {QT_TRANSLATE_NOOP("tocsin::gui::CallQuestions", "Is anybody trapped in a vehicle?"),
      QT_TRANSLATE_NOOP("tocsin::gui::CallQuestions", "How many are hurt, and how badly?"),
      QT_TRANSLATE_NOOP("tocsin::gui::CallQuestions", "Is there fire, smoke or leaking fuel?"),
      QT_TRANSLATE_NOOP("tocsin::gui::CallQuestions", "Is there a lorry? An orange plate with numbers?"),
      QT_TRANSLATE_NOOP("tocsin::gui::CallQuestions", "Which lane, which direction?")}},
    {"injury",
     {QT_TRANSLATE_NOOP("tocsin::gui::CallQuestions", "Does the person breathe and answer?"),
      QT_TRANSLATE_NOOP("tocsin::gui::CallQuestions", "Is there heavy bleeding?"),
      QT_TRANSLATE_NOOP("tocsin::gui::CallQuestions", "How did it happen? Is the danger over?"),
      QT_TRANSLATE_NOOP("tocsin::gui::CallQuestions", "Has an ambulance been called?"), nullptr}},
    {"hazmat",
     {QT_TRANSLATE_NOOP("tocsin::gui::CallQuestions", "What is it? What stands on plate or label?"),
      QT_TRANSLATE_NOOP("tocsin::gui::CallQuestions", "Does anybody cough, or have burning eyes?"),
      QT_TRANSLATE_NOOP("tocsin::gui::CallQuestions", "Is there a cloud? Which way does it drift?"),
      QT_TRANSLATE_NOOP("tocsin::gui::CallQuestions", "Does it run into water or a drain?"),
      QT_TRANSLATE_NOOP("tocsin::gui::CallQuestions", "Go upwind, no sparks: is the caller safe?")}},
    {"storm",
     {QT_TRANSLATE_NOOP("tocsin::gui::CallQuestions", "Is anybody hurt or trapped?"),
      QT_TRANSLATE_NOOP("tocsin::gui::CallQuestions", "Are power lines down? Keep away."),
      QT_TRANSLATE_NOOP("tocsin::gui::CallQuestions", "Is a road or railway blocked?"),
      QT_TRANSLATE_NOOP("tocsin::gui::CallQuestions", "Can more fall: roof, tree, scaffold?"), nullptr}},
    {"missing-person",
     {QT_TRANSLATE_NOOP("tocsin::gui::CallQuestions", "Who? Age, clothes, health, medicines?"),
      QT_TRANSLATE_NOOP("tocsin::gui::CallQuestions", "Seen last where, when, going where?"),
      QT_TRANSLATE_NOOP("tocsin::gui::CallQuestions", "A phone with them? Its number?"),
      QT_TRANSLATE_NOOP("tocsin::gui::CallQuestions", "Who is searching already?"), nullptr}},
    {"road",
     {QT_TRANSLATE_NOOP("tocsin::gui::CallQuestions", "What blocks the road? Both directions?"),
      QT_TRANSLATE_NOOP("tocsin::gui::CallQuestions", "Is anybody stuck or hurt?"),
      QT_TRANSLATE_NOOP("tocsin::gui::CallQuestions", "Can an ambulance get through?"),
      QT_TRANSLATE_NOOP("tocsin::gui::CallQuestions", "Has anybody secured the place?"), nullptr}},
    {"",
     {QT_TRANSLATE_NOOP("tocsin::gui::CallQuestions", "Where exactly? What is beside it?"),
      QT_TRANSLATE_NOOP("tocsin::gui::CallQuestions", "What number can we call back?"),
      QT_TRANSLATE_NOOP("tocsin::gui::CallQuestions", "What has happened, and since when?"),
      QT_TRANSLATE_NOOP("tocsin::gui::CallQuestions", "Is anybody hurt or in danger?"), nullptr}},
}};

} // namespace

std::span<const char* const> callCategories() {
    return categories;
}

QStringList callQuestions(const std::string& category) {
    const Questions* found = &questions.back();
    for (const Questions& each : questions) {
        if (each.category == category)
            found = &each;
    }
    QStringList out;
    for (const char* line : found->lines) {
        if (line != nullptr)
            out << QCoreApplication::translate(context, line);
    }
    return out;
}

} // namespace tocsin::gui
