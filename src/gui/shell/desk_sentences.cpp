#include "gui/shell/desk_sentences.hpp"

#include "tocsin/gui/panels/words.hpp"

#include <QCoreApplication>

namespace tocsin::gui {

namespace {

QString lead(base::Code code) {
    const auto say = [](const char* text) { return QCoreApplication::translate("DeskSentences", text); };
    switch (code) {
    case base::Code::malformed:
    case base::Code::tooLarge:
    case base::Code::outOfRange:
        return say(QT_TRANSLATE_NOOP("DeskSentences", "Not done, something in it is not right"));
    case base::Code::notFound:
        return say(QT_TRANSLATE_NOOP("DeskSentences", "Not done, it is no longer there"));
    case base::Code::conflict:
        return say(QT_TRANSLATE_NOOP("DeskSentences", "Not done, the desk has moved on"));
    case base::Code::refused:
        return say(QT_TRANSLATE_NOOP("DeskSentences", "Refused"));
    case base::Code::unavailable:
        return say(QT_TRANSLATE_NOOP("DeskSentences", "The desk is busy, try again in a moment"));
    case base::Code::storage:
        return say(QT_TRANSLATE_NOOP("DeskSentences", "The desk cannot write, nothing was changed"));
    case base::Code::newer:
        return say(QT_TRANSLATE_NOOP("DeskSentences", "The county's database is of a newer program"));
    case base::Code::cancelled:
        return say(QT_TRANSLATE_NOOP("DeskSentences", "Cancelled"));
    case base::Code::internal:
        break;
    }
    return say(QT_TRANSLATE_NOOP("DeskSentences", "The desk failed, nothing was changed"));
}

} // namespace

QString sentenceFor(const base::Error& error) {
    const QString detail = Words::error(error);
    return detail.isEmpty() ? lead(error.code)
                            : QCoreApplication::translate("DeskSentences", "%1: %2").arg(lead(error.code), detail);
}

} // namespace tocsin::gui
