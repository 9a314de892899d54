#include "tocsin/gui/command_palette.hpp"

namespace tocsin::gui {

namespace {

bool startsWord(const QString& text, qsizetype at) {
    return at == 0 || !text[at - 1].isLetterOrNumber() || (text[at].isUpper() && text[at - 1].isLower());
}

/// One word without blanks.
int scoreOfWord(const QString& word, const QString& candidate) {
    const qsizetype at = candidate.indexOf(word, 0, Qt::CaseInsensitive);
    if (at >= 0) {
        int score = 60 + 4 * static_cast<int>(word.size());
        if (at == 0)
            score += 40;
        else if (startsWord(candidate, at))
            score += 25;
        if (candidate.size() == word.size())
            score += 40;
        return score - static_cast<int>(std::min<qsizetype>(candidate.size(), 60)) / 6;
    }
    if (word.size() < 2)
        return 0;
    int score = 0;
    int gaps = 0;
    qsizetype from = 0;
    for (const QChar wanted : word) {
        const qsizetype found = candidate.indexOf(wanted, from, Qt::CaseInsensitive);
        if (found < 0)
            return 0;
        score += startsWord(candidate, found) ? 10 : (found == from ? 4 : 0);
        gaps += found == from ? 0 : static_cast<int>(found - from);
        from = found + 1;
    }
    // Letters strewn over a long text are a chance hit.
    return gaps > 3 * static_cast<int>(word.size()) ? 0 : std::max(1, score + 10 - gaps);
}

} // namespace

QString foldedForSearch(const QString& text) {
    QString folded;
    for (const QChar c : text.normalized(QString::NormalizationForm_KD)) {
        if (c == QChar(0x00DF))
            folded += QLatin1String("ss");
        else if (c.category() != QChar::Mark_NonSpacing)
            folded += c.toLower();
    }
    return folded;
}

int fuzzyScore(const QString& text, const QString& candidate) {
    const QStringList words = text.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    if (words.isEmpty())
        return 1;
    int all = 0;
    for (const QString& word : words) {
        const int score = scoreOfWord(word, candidate);
        if (score == 0)
            return 0;
        all += score;
    }
    return all / static_cast<int>(words.size());
}

} // namespace tocsin::gui
