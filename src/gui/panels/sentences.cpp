#include "gui/panels/sentences.hpp"

#include <algorithm>

namespace tocsin::gui {
namespace {

constexpr int s_mostDepth = 4;

/// The first word, if it is whole before the first gap.
QString firstWord(const QString& text) {
    const auto end = text.indexOf(QLatin1Char(' '));
    return end < 0 ? QString() : text.left(end);
}

/// Whether the pieces stand in the text one after the other, and what stands between them.
bool fits(const QStringList& pieces, const QString& text, QStringList& gaps) {
    if (pieces.size() == 1)
        return text == pieces.front();
    if (!text.startsWith(pieces.front()) || !text.endsWith(pieces.back()))
        return false;
    const auto last = text.size() - pieces.back().size();
    auto at = pieces.front().size();
    if (last < at)
        return false;
    gaps.clear();
    for (qsizetype i = 1; i + 1 < pieces.size(); ++i) {
        const auto next = text.indexOf(pieces[i], at);
        if (next < 0 || next + pieces[i].size() > last)
            return false;
        gaps << text.mid(at, next - at);
        at = next + pieces[i].size();
    }
    gaps << text.mid(at, last - at);
    return true;
}

} // namespace

Sentences::Sentences(std::string_view table) {
    while (!table.empty()) {
        const auto end = std::min(table.find('\n'), table.size());
        const auto line = table.substr(0, end);
        table.remove_prefix(std::min(end + 1, table.size()));
        const auto tab = line.find('\t');
        if (line.starts_with("## ") || tab == std::string_view::npos || line.substr(tab + 1) == "-")
            continue;
        const auto text = [](std::string_view part) {
            return QString::fromUtf8(part.data(), static_cast<qsizetype>(part.size())).replace(QStringLiteral("\\n"), QStringLiteral("\n"));
        };
        Pattern pattern{text(line.substr(0, tab)).split(QStringLiteral("{}")), text(line.substr(tab + 1)), 0};
        for (const auto& piece : pattern.pieces)
            pattern.letters += piece.size();
        const bool whole = pattern.pieces.size() == 1;
        m_byFirstWord[firstWord(whole ? pattern.pieces.front() + QLatin1Char(' ') : pattern.pieces.front())].push_back(std::move(pattern));
    }
    for (auto& patterns : m_byFirstWord) // what says most stands first
        std::stable_sort(patterns.begin(), patterns.end(), [](const auto& a, const auto& b) { return a.letters > b.letters; });
}

QString Sentences::translated(const QString& english) const {
    return translated(english, 0);
}

const Sentences::Pattern* Sentences::find(const QString& english, QStringList& gaps) const {
    const Pattern* best = nullptr;
    for (const auto& key : {firstWord(english + QLatin1Char(' ')), QString()}) {
        const auto found = m_byFirstWord.constFind(key);
        if (found == m_byFirstWord.cend())
            continue;
        QStringList between;
        const auto fit = std::find_if(found->begin(), found->end(), [&](const auto& p) { return fits(p.pieces, english, between); });
        if (fit != found->end() && (best == nullptr || fit->letters > best->letters)) {
            best = &*fit;
            gaps = between;
        }
    }
    return best;
}

QString Sentences::translated(const QString& english, int depth) const {
    QStringList gaps;
    const auto* pattern = depth < s_mostDepth ? find(english, gaps) : nullptr;
    if (pattern == nullptr)
        return english;
    for (auto& gap : gaps)
        gap = translated(gap, depth + 1);
    QString out;
    qsizetype next = 0;
    const QString& words = pattern->words;
    for (qsizetype i = 0; i < words.size(); ++i) {
        if (words[i] == QLatin1Char('{') && words.mid(i, 2) == QStringLiteral("{}")) {
            out += gaps.value(next++);
            ++i;
        } else if (words[i] == QLatin1Char('{') && i + 2 < words.size() && words[i + 2] == QLatin1Char('}') && words[i + 1].isDigit()) {
            out += gaps.value(words[i + 1].digitValue() - 1);
            i += 2;
        } else {
            out += words[i];
        }
    }
    return out;
}

} // namespace tocsin::gui
