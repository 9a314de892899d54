#include "gui/panels/send_or_say.hpp"

#include "tocsin/gui/panels/words.hpp"

#include <QAbstractButton>
#include <QLabel>

namespace tocsin::gui {

void sendOrSay(QDialog& dialog, DeskBridge& desk, desk::CommandBody body, QAbstractButton& act, QLabel& trouble,
               std::function<void()> again) {
    act.setEnabled(false);
    desk.send(std::move(body), &dialog,
              [&dialog, &trouble, again = std::move(again)](const base::Result<desk::Done>& done) {
                  if (done) {
                      dialog.accept();
                      return;
                  }
                  trouble.setText(Words::refusal(done.error()));
                  trouble.show();
                  again();
              });
}

} // namespace tocsin::gui
