// Sentences that the layers without translations have made, and names in two languages.
#include "tocsin/gui/panels/words.hpp"

#include "embedded/sentences.hpp"
#include "gui/panels/sentences.hpp"

#include <algorithm>

namespace tocsin::gui {
namespace {

const Sentences& inChinese() {
    static const Sentences table(embedded::sentences().front().bytes);
    return table;
}

bool isChinese() {
    return Words::tr("en", "the code of this language") == QStringLiteral("zh_CN");
}

bool isHan(QChar c) {
    return c.script() == QChar::Script_Han;
}

} // namespace

QString Words::sentence(const std::string& english) {
    const QString text = plain(english);
    return isChinese() ? inChinese().translated(text) : text;
}

QString Words::error(const base::Error& error) {
    const QString text = sentence(error.message);
    if (error.place.line && error.place.column)
        return tr("line %1, column %2: %3").arg(*error.place.line).arg(*error.place.column).arg(text);
    if (error.place.line)
        return tr("line %1: %2").arg(*error.place.line).arg(text);
    return error.place.byte ? tr("byte %1: %2").arg(*error.place.byte).arg(text) : text;
}

QString Words::either(const std::string& name) {
    const QString whole = plain(name);
    const auto first = std::find_if(whole.begin(), whole.end(), isHan);
    const auto at = first - whole.begin();
    const QString latin = whole.left(at).trimmed();
    const QString han = whole.mid(at).trimmed();
    const bool both = !latin.isEmpty() && !han.isEmpty() && at > 0 && whole[at - 1].isSpace() &&
                      std::none_of(han.begin(), han.end(), [](QChar c) { return c.isLetter() && !isHan(c); });
    if (!both)
        return whole;
    return isChinese() ? han : latin;
}

QString Words::refusal(const base::Error& error) {
    return tr("Refused: %1").arg(sentence(error.message));
}

} // namespace tocsin::gui
