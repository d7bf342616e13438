<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="cs" sourcelanguage="en">
<context>
    <name>AlarmArea</name>
    <message>
        <source>All is well</source>
        <translation>Vše v pořádku</translation>
    </message>
    <message>
        <source>No alarm</source>
        <translation>Žádný poplach</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Otevřít</translation>
    </message>
    <message>
        <source>Seen</source>
        <translation>Viděno</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>a ještě %1</translation>
    </message>
</context>
<context>
    <name>AlarmSheet</name>
    <message>
        <source>What needs a look</source>
        <translation>Co vyžaduje pozornost</translation>
    </message>
    <message>
        <source>Nothing needs a look any more</source>
        <translation>Už nic nevyžaduje pozornost</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Zavřít</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Seen</source>
        <translation>Viděno</translation>
    </message>
</context>
<context>
    <name>ButtonBoxPage</name>
    <message>
        <source>Use this button</source>
        <translation>Použít toto tlačítko</translation>
    </message>
    <message>
        <source>Press another</source>
        <translation>Stisknout jiné</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Zkusit znovu</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zpět</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Zrušit</translation>
    </message>
</context>
<context>
    <name>CheckPage</name>
    <message>
        <source>Run the check</source>
        <translation>Spustit kontrolu</translation>
    </message>
    <message>
        <source>A talk of ten seconds</source>
        <translation>Přednáška na deset vteřin</translation>
    </message>
    <message>
        <source>Test recording</source>
        <translation>Zkušební nahrávka</translation>
    </message>
</context>
<context>
    <name>CheckPaper</name>
    <message>
        <source>The check looks at programs, folders, disk, OBS, slides, camera and microphone, and makes a short test recording. It takes about half a minute.</source>
        <translation>Kontrola projde programy, složky, disk, OBS, prezentaci, kameru a mikrofon a pořídí krátkou zkušební nahrávku. Trvá asi půl minuty.</translation>
    </message>
</context>
<context>
    <name>ChoiceRow</name>
    <message>
        <source>asked…</source>
        <translation>žádost odeslána…</translation>
    </message>
    <message>
        <source>in use</source>
        <translation>používá se</translation>
    </message>
</context>
<context>
    <name>Chooser</name>
    <message>
        <source>Change to “%1”?</source>
        <translation>Změnit na „%1“?</translation>
    </message>
    <message>
        <source>Change it now</source>
        <translation>Změnit hned</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>Nechat být</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Hledat znovu</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Hotovo</translation>
    </message>
</context>
<context>
    <name>Field</name>
    <message>
        <source>Clear: %1</source>
        <translation>Smazat: %1</translation>
    </message>
</context>
<context>
    <name>Guide</name>
    <message>
        <source>picture is coming</source>
        <translation>obraz se načítá</translation>
    </message>
    <message>
        <source>Now in use</source>
        <translation>Nyní se používá</translation>
    </message>
    <message>
        <source>This is on air: the sound of the recording will change.</source>
        <translation>Právě se vysílá nebo nahrává: zvuk nahrávky se změní.</translation>
    </message>
    <message>
        <source>This is on air: whoever watches will see the picture change.</source>
        <translation>Právě se vysílá nebo nahrává: diváci uvidí, že se obraz změnil.</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Hledat znovu</translation>
    </message>
    <message>
        <source>Change the names</source>
        <translation>Změnit názvy</translation>
    </message>
    <message>
        <source>Type a folder</source>
        <translation>Napsat složku</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>Zkontrolovat znovu</translation>
    </message>
    <message>
        <source>Folder: its whole path, as in /media/talks</source>
        <translation>Složka: celá cesta, například /media/talks</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Později</translation>
    </message>
    <message>
        <source>The guide can be taken up again from Set-up.</source>
        <translation>K průvodci se lze vrátit v Nastavení.</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>Nechat být</translation>
    </message>
    <message>
        <source>Change it now</source>
        <translation>Změnit hned</translation>
    </message>
    <message>
        <source>Name of the event</source>
        <translation>Název akce</translation>
    </message>
    <message>
        <source>Name of this room</source>
        <translation>Název tohoto sálu</translation>
    </message>
</context>
<context>
    <name>Header</name>
    <message>
        <source>Title and speaker: %1, %2</source>
        <translation>Název a přednášející: %1, %2</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>Živě</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>Přednášky</translation>
    </message>
    <message>
        <source>Set-up</source>
        <translation>Nastavení</translation>
    </message>
    <message>
        <source>Lock the screen</source>
        <translation>Zamknout obrazovku</translation>
    </message>
    <message>
        <source>Locked · hold to unlock</source>
        <translation>Zamčeno · podržte k odemčení</translation>
    </message>
    <message>
        <source>Time of day: %1</source>
        <translation>Čas: %1</translation>
    </message>
</context>
<context>
    <name>Keyboard</name>
    <message>
        <source>1234567890</source>
        <comment>keyboard row 1: digits, or the letters with accents of your language</comment>
        <translation>ěščřžýáíéú</translation>
    </message>
    <message>
        <source>qwertyuiop</source>
        <comment>keyboard row 2</comment>
        <translation>qwertzuiop</translation>
    </message>
    <message>
        <source>asdfghjkl&apos;</source>
        <comment>keyboard row 3</comment>
        <translation>asdfghjklů</translation>
    </message>
    <message>
        <source>zxcvbnm,.-</source>
        <comment>keyboard row 4</comment>
        <translation>yxcvbnm,.-</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>Velká</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Mezera</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Smazat</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Hotovo</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Další</translation>
    </message>
</context>
<context>
    <name>LivePicture</name>
    <message>
        <source>no picture</source>
        <translation>bez obrazu</translation>
    </message>
</context>
<context>
    <name>Meters</name>
    <message>
        <source>Microphone level</source>
        <translation>Hlasitost mikrofonu</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>Mikrofon</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>není známo</translation>
    </message>
    <message>
        <source>too loud!</source>
        <translation>přebuzeno!</translation>
    </message>
    <message>
        <source>quiet</source>
        <translation>ticho</translation>
    </message>
    <message>
        <source>%1 dBFS</source>
        <translation>%1 dBFS</translation>
    </message>
    <message>
        <source>not chosen</source>
        <translation>nevybráno</translation>
    </message>
</context>
<context>
    <name>PinPad</name>
    <message>
        <source>PIN to unlock</source>
        <translation>PIN k odemčení</translation>
    </message>
    <message>
        <source>%1 digits typed</source>
        <translation>Zadáno číslic: %1</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Zrušit</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>Odemknout</translation>
    </message>
</context>
<context>
    <name>RecordKey</name>
    <message>
        <source>Record now</source>
        <translation>Nahrávat hned</translation>
    </message>
    <message>
        <source>Hold to stop · %1</source>
        <translation>Podržet: zastavit · %1</translation>
    </message>
</context>
<context>
    <name>RecordPanel</name>
    <message>
        <source>Recorded: %1</source>
        <translation>Nahráno: %1</translation>
    </message>
</context>
<context>
    <name>Report</name>
    <message>
        <source>All talks</source>
        <translation>Všechny přednášky</translation>
    </message>
    <message>
        <source>Verdict: %1</source>
        <translation>Verdikt: %1</translation>
    </message>
    <message>
        <source>The talk in pictures and sound, with what was found in it</source>
        <translation>Přednáška v obraze a zvuku s tím, co se v ní našlo</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>Co se našlo</translation>
    </message>
    <message>
        <source>Nothing was found: all is well</source>
        <translation>Nic se nenašlo: vše je v pořádku</translation>
    </message>
</context>
<context>
    <name>RoomPage</name>
    <message>
        <source>asked…</source>
        <translation>žádost odeslána…</translation>
    </message>
    <message>
        <source>On the title cards, and in the names of the recordings from the next one on.</source>
        <translation>Na titulních kartách a v názvech nahrávek, počínaje příští.</translation>
    </message>
    <message>
        <source>Change the names</source>
        <translation>Změnit názvy</translation>
    </message>
    <message>
        <source>Where recordings go</source>
        <translation>Kam se nahrává</translation>
    </message>
    <message>
        <source>picture is coming</source>
        <translation>obraz se načítá</translation>
    </message>
    <message>
        <source>The next recording goes there. What was recorded stays where it is.</source>
        <translation>Příští nahrávka půjde sem. Co je nahráno, zůstane, kde je.</translation>
    </message>
    <message>
        <source>A talk is being recorded: in another folder it goes on in a part of its own.</source>
        <translation>Přednáška se nahrává: v jiné složce pokračuje jako další část.</translation>
    </message>
    <message>
        <source>Change the folder</source>
        <translation>Změnit složku</translation>
    </message>
    <message>
        <source>Where shall the next recordings go?</source>
        <translation>Kam mají jít příští nahrávky?</translation>
    </message>
    <message>
        <source>Where shall the recording go on?</source>
        <translation>Kde má záznam pokračovat?</translation>
    </message>
    <message>
        <source>The talk goes on there. About two seconds of it will be missing.</source>
        <translation>Přednáška pokračuje tam. Budou v ní chybět asi dvě sekundy.</translation>
    </message>
    <message>
        <source>Type a folder</source>
        <translation>Napsat složku</translation>
    </message>
    <message>
        <source>Now in use</source>
        <translation>Nyní se používá</translation>
    </message>
    <message>
        <source>A folder is taken only when it can be written and has room.</source>
        <translation>Složka se použije, jen když do ní lze zapisovat a je v ní místo.</translation>
    </message>
    <message>
        <source>Name of the event</source>
        <translation>Název akce</translation>
    </message>
    <message>
        <source>Name of this room</source>
        <translation>Název tohoto sálu</translation>
    </message>
    <message>
        <source>Folder: its whole path, as in /media/talks</source>
        <translation>Složka: celá cesta, například /media/talks</translation>
    </message>
</context>
<context>
    <name>SessionCard</name>
    <message>
        <source>no picture</source>
        <translation>bez obrazu</translation>
    </message>
    <message>
        <source>picture is coming</source>
        <translation>obraz se načítá</translation>
    </message>
</context>
<context>
    <name>Sessions</name>
    <message>
        <source>Talks in %1</source>
        <translation>Přednášky: %1</translation>
    </message>
    <message>
        <source>Nothing was recorded yet</source>
        <translation>Zatím nic nebylo nahráno</translation>
    </message>
    <message>
        <source>The talks are being read</source>
        <translation>Přednášky se načítají</translation>
    </message>
    <message>
        <source>Each talk that you record appears here with its verdict.</source>
        <translation>Každá nahraná přednáška se tu objeví i s výsledkem kontroly.</translation>
    </message>
</context>
<context>
    <name>SetUp</name>
    <message>
        <source>Sources</source>
        <translation>Zdroje</translation>
    </message>
    <message>
        <source>Room and disk</source>
        <translation>Sál a disk</translation>
    </message>
    <message>
        <source>Stream</source>
        <translation>Přenos</translation>
    </message>
    <message>
        <source>Button box</source>
        <translation>Tlačítka</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Kontrola</translation>
    </message>
    <message>
        <source>Step by step</source>
        <translation>Krok za krokem</translation>
    </message>
</context>
<context>
    <name>SourcePanel</name>
    <message>
        <source>no picture</source>
        <translation>bez obrazu</translation>
    </message>
    <message>
        <source>Nothing is chosen</source>
        <translation>Nic není vybráno</translation>
    </message>
</context>
<context>
    <name>SourcesPage</name>
    <message>
        <source>Slides</source>
        <translation>Prezentace</translation>
    </message>
    <message>
        <source>Which device shows the slides?</source>
        <translation>Které zařízení ukazuje prezentaci?</translation>
    </message>
    <message>
        <source>This is on air: whoever watches will see the picture change.</source>
        <translation>Právě se vysílá nebo nahrává: diváci uvidí, že se obraz změnil.</translation>
    </message>
    <message>
        <source>Seen in the scenes Screen and Both.</source>
        <translation>Je vidět ve scénách Prezentace a Obojí.</translation>
    </message>
    <message>
        <source>Nothing is chosen: the scenes Screen and Both have no slides.</source>
        <translation>Nic není vybráno: scény Prezentace a Obojí zůstanou prázdné.</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Which device is the camera?</source>
        <translation>Které zařízení je kamera?</translation>
    </message>
    <message>
        <source>Seen in the scenes Speaker and Both.</source>
        <translation>Je vidět ve scénách Přednášející a Obojí.</translation>
    </message>
    <message>
        <source>Nothing is chosen: the recording does not show the speaker.</source>
        <translation>Nic není vybráno: na nahrávce nebude přednášející vidět.</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>Mikrofon</translation>
    </message>
    <message>
        <source>Which device is the microphone?</source>
        <translation>Které zařízení je mikrofon?</translation>
    </message>
    <message>
        <source>This is on air: the sound of the recording will change.</source>
        <translation>Právě se vysílá nebo nahrává: zvuk nahrávky se změní.</translation>
    </message>
    <message>
        <source>The sound of the recording. Speak: the level should move.</source>
        <translation>Zvuk nahrávky. Promluvte: hladina se má hýbat.</translation>
    </message>
    <message>
        <source>Nothing is chosen: the recording has no sound.</source>
        <translation>Nic není vybráno: nahrávka bude bez zvuku.</translation>
    </message>
    <message>
        <source>asked…</source>
        <translation>žádost odeslána…</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Vybrat…</translation>
    </message>
    <message>
        <source>Choose: %1</source>
        <translation>Vybrat: %1</translation>
    </message>
</context>
<context>
    <name>StreamPage</name>
    <message>
        <source>no picture</source>
        <translation>bez obrazu</translation>
    </message>
    <message>
        <source>Viewers get this.</source>
        <translation>Toto vidí diváci.</translation>
    </message>
    <message>
        <source>Viewers would get this.</source>
        <translation>Toto by viděli diváci.</translation>
    </message>
    <message>
        <source>No target is chosen.</source>
        <translation>Cíl není zvolen.</translation>
    </message>
    <message>
        <source>Target: %1</source>
        <translation>Cíl: %1</translation>
    </message>
    <message>
        <source>A stream key is kept. It is never shown.</source>
        <translation>Klíč přenosu je uložen. Nikdy se nezobrazí.</translation>
    </message>
    <message>
        <source>No stream key is kept.</source>
        <translation>Klíč přenosu není uložen.</translation>
    </message>
    <message>
        <source>Choose the target</source>
        <translation>Zvolit cíl</translation>
    </message>
    <message>
        <source>Type the key</source>
        <translation>Zadat klíč</translation>
    </message>
    <message>
        <source>Forget the key</source>
        <translation>Zapomenout klíč</translation>
    </message>
    <message>
        <source>A service&apos;s name, or a server&apos;s address</source>
        <translation>Název služby nebo adresa serveru</translation>
    </message>
    <message>
        <source>Stream key</source>
        <translation>Klíč přenosu</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Zrušit</translation>
    </message>
</context>
<context>
    <name>StreamPanel</name>
    <message>
        <source>Stream: %1</source>
        <translation>Přenos: %1</translation>
    </message>
    <message>
        <source>Stream</source>
        <translation>Přenos</translation>
    </message>
</context>
<context>
    <name>TalkSheet</name>
    <message>
        <source>Title and speaker</source>
        <translation>Název a řečník</translation>
    </message>
    <message>
        <source>Title of the talk</source>
        <translation>Název přednášky</translation>
    </message>
    <message>
        <source>Speaker</source>
        <translation>Přednášející</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Zrušit</translation>
    </message>
</context>
<context>
    <name>TextSheet</name>
    <message>
        <source>Cancel</source>
        <translation>Zrušit</translation>
    </message>
</context>
<context>
    <name>Tile</name>
    <message>
        <source>on program</source>
        <translation>ve vysílání</translation>
    </message>
    <message>
        <source>asked for</source>
        <translation>požadováno</translation>
    </message>
    <message>
        <source>picture is coming</source>
        <translation>obraz se načítá</translation>
    </message>
    <message>
        <source>no picture</source>
        <translation>bez obrazu</translation>
    </message>
    <message>
        <source>PROGRAM</source>
        <translation>PROGRAM</translation>
    </message>
    <message>
        <source>ASKED</source>
        <translation>ČEKÁ</translation>
    </message>
</context>
<context>
    <name>alarms</name>
    <message>
        <source>Slides</source>
        <translation>Prezentace</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>Mikrofon</translation>
    </message>
    <message>
        <source>Backup sound</source>
        <translation>Záložní zvuk</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>Disk</translation>
    </message>
    <message>
        <source>Stream</source>
        <translation>Přenos</translation>
    </message>
    <message>
        <source>Button box</source>
        <translation>Tlačítka</translation>
    </message>
    <message>
        <source>Computer</source>
        <translation>Počítač</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Program</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>Nahrávka</translation>
    </message>
    <message>
        <source>black picture</source>
        <translation>černý obraz</translation>
    </message>
    <message>
        <source>no signal</source>
        <translation>žádný signál</translation>
    </message>
    <message>
        <source>the picture stands still</source>
        <translation>obraz se nehýbe</translation>
    </message>
    <message>
        <source>silent</source>
        <translation>ticho</translation>
    </message>
    <message>
        <source>too quiet</source>
        <translation>příliš potichu</translation>
    </message>
    <message>
        <source>too loud</source>
        <translation>příliš nahlas</translation>
    </message>
    <message>
        <source>one side is dead</source>
        <translation>jedna strana nehraje</translation>
    </message>
    <message>
        <source>choppy sound</source>
        <translation>trhaný zvuk</translation>
    </message>
    <message>
        <source>stagebox tries again by itself. Check the network.</source>
        <translation>stagebox to zkouší znovu sám. Zkontrolujte síť.</translation>
    </message>
    <message>
        <source>Type the stream key again on the set-up screen.</source>
        <translation>Zadejte klíč přenosu znovu v nastavení.</translation>
    </message>
    <message>
        <source>Stop what else uses the network.</source>
        <translation>Zastavte vše ostatní, co vytěžuje síť.</translation>
    </message>
    <message>
        <source>Wait a moment. If it stays so, tell the crew.</source>
        <translation>Chvíli počkejte. Když to tak zůstane, řekněte to technikům.</translation>
    </message>
    <message>
        <source>Touch “Switch the sound on”.</source>
        <translation>Dotkněte se „Zapnout zvuk“.</translation>
    </message>
    <message>
        <source>Build the scenes again</source>
        <translation>Postavit scény znovu</translation>
    </message>
    <message>
        <source>not chosen</source>
        <translation>nevybráno</translation>
    </message>
    <message>
        <source>Scenes</source>
        <translation>Scény</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>Profil</translation>
    </message>
    <message>
        <source>one side is noise</source>
        <translation>na jedné straně jen šum</translation>
    </message>
    <message>
        <source>nobody is heard</source>
        <translation>nikdo není slyšet</translation>
    </message>
    <message>
        <source>left and right out of phase</source>
        <translation>levý a pravý kanál jsou v protifázi</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>chybí</translation>
    </message>
    <message>
        <source>muted in OBS</source>
        <translation>v OBS ztlumeno</translation>
    </message>
    <message>
        <source>wrong device</source>
        <translation>špatné zařízení</translation>
    </message>
    <message>
        <source>OBS does not hear the room</source>
        <translation>OBS neslyší sál</translation>
    </message>
    <message>
        <source>does not answer</source>
        <translation>neodpovídá</translation>
    </message>
    <message>
        <source>does not move</source>
        <translation>zaseklo se</translation>
    </message>
    <message>
        <source>NOT recording</source>
        <translation>NENAHRÁVÁ</translation>
    </message>
    <message>
        <source>paused in OBS</source>
        <translation>pozastaveno v OBS</translation>
    </message>
    <message>
        <source>not stagebox&apos;s own in OBS</source>
        <translation>v OBS nejsou ty od stageboxu</translation>
    </message>
    <message>
        <source>OBS records in another way</source>
        <translation>OBS nahrává jinak</translation>
    </message>
    <message>
        <source>little room left</source>
        <translation>dochází místo</translation>
    </message>
    <message>
        <source>full</source>
        <translation>plný</translation>
    </message>
    <message>
        <source>the recording folder is gone</source>
        <translation>složka s nahrávkami zmizela</translation>
    </message>
    <message>
        <source>pictures are being lost</source>
        <translation>ztrácejí se snímky</translation>
    </message>
    <message>
        <source>the computer is too slow</source>
        <translation>počítač nestíhá</translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation>přerušeno</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>odmítnuto</translation>
    </message>
    <message>
        <source>too slow</source>
        <translation>příliš pomalé</translation>
    </message>
    <message>
        <source>out of work</source>
        <translation>mimo provoz</translation>
    </message>
    <message>
        <source>not running</source>
        <translation>neběží</translation>
    </message>
    <message>
        <source>too hot</source>
        <translation>přehřívá se</translation>
    </message>
    <message>
        <source>runs on its battery</source>
        <translation>běží na baterii</translation>
    </message>
    <message>
        <source>the clock may be wrong</source>
        <translation>hodiny možná nejdou přesně</translation>
    </message>
    <message>
        <source>somebody speaks, and nothing is recorded</source>
        <translation>někdo mluví a nic se nenahrává</translation>
    </message>
    <message>
        <source>a title card is being recorded</source>
        <translation>nahrává se titulní obrázek</translation>
    </message>
    <message>
        <source>an empty room is being recorded</source>
        <translation>nahrává se prázdný sál</translation>
    </message>
    <message>
        <source>Check its cable, and wake the laptop. Press Win + P, Duplicate.</source>
        <translation>Zkontrolujte kabel a probuďte notebook. Stiskněte Win + P, Duplikovat.</translation>
    </message>
    <message>
        <source>Check that the microphone is on, its battery, and its cable.</source>
        <translation>Zkontrolujte, zda je mikrofon zapnutý, jeho baterii a kabel.</translation>
    </message>
    <message>
        <source>Check its cable, then pull the USB plug and put it back.</source>
        <translation>Zkontrolujte kabel, pak vytáhněte USB a zase je zasuňte.</translation>
    </message>
    <message>
        <source>Choose one under Set-up, Sources.</source>
        <translation>Vyberte ho v Nastavení pod Zdroje.</translation>
    </message>
    <message>
        <source>Check that it runs. If need be, switch it off and on.</source>
        <translation>Zkontrolujte, zda běží. Případně vypněte a zapněte.</translation>
    </message>
    <message>
        <source>Tell the crew: a cable or the mixer turns one side over.</source>
        <translation>Řekněte to technikům: kabel nebo pult obrací jednu stranu.</translation>
    </message>
    <message>
        <source>Move the microphone closer, or turn it up at the mixer.</source>
        <translation>Přibližte mikrofon, nebo ho na mixu zesilte.</translation>
    </message>
    <message>
        <source>Turn the microphone down at the mixer.</source>
        <translation>Zeslabte mikrofon na mixu.</translation>
    </message>
    <message>
        <source>Put the microphone into another USB socket, without a hub.</source>
        <translation>Zapojte mikrofon do jiného USB, bez rozbočovače.</translation>
    </message>
    <message>
        <source>Tell the crew: the wrong microphone is set.</source>
        <translation>Řekněte technikům: je nastaven špatný mikrofon.</translation>
    </message>
    <message>
        <source>Wait a moment: it comes back by itself. If not, restart the computer.</source>
        <translation>Chvíli počkejte, vrátí se samo. Když ne, restartujte počítač.</translation>
    </message>
    <message>
        <source>Somebody opened or changed others in OBS. The touch puts it right.</source>
        <translation>Někdo v OBS otevřel nebo změnil jiné. Dotykem se to napraví.</translation>
    </message>
    <message>
        <source>Put it right after the talk: OBS changes it only then.</source>
        <translation>Napravte to po přednášce: dřív to OBS nezmění.</translation>
    </message>
    <message>
        <source>Nothing is recorded until it goes on.</source>
        <translation>Dokud se nepokračuje, nic se nenahrává.</translation>
    </message>
    <message>
        <source>Touch Record. If it stays so, tell the crew at once.</source>
        <translation>Stiskněte Nahrávat. Když se nic nezmění, hned to řekněte technikům.</translation>
    </message>
    <message>
        <source>Go on in another folder, or make room on the disk.</source>
        <translation>Pokračujte v jiné složce, nebo na disku uvolněte místo.</translation>
    </message>
    <message>
        <source>Go on in another folder. What was recorded so far is safe.</source>
        <translation>Pokračujte v jiné složce. Co je nahráno, je v bezpečí.</translation>
    </message>
    <message>
        <source>Put the disk back, or go on in another folder.</source>
        <translation>Vraťte disk, nebo pokračujte v jiné složce.</translation>
    </message>
    <message>
        <source>Close other programs on this computer.</source>
        <translation>Zavřete na tomto počítači ostatní programy.</translation>
    </message>
    <message>
        <source>The main recording goes on. Tell the crew after the talk.</source>
        <translation>Hlavní nahrávka pokračuje. Po přednášce to řekněte technikům.</translation>
    </message>
    <message>
        <source>Let air get to the computer.</source>
        <translation>Pusťte k počítači vzduch.</translation>
    </message>
    <message>
        <source>Plug the power supply in.</source>
        <translation>Připojte napájení.</translation>
    </message>
    <message>
        <source>Check the network. The recording is not harmed.</source>
        <translation>Zkontrolujte síť. Nahrávce to neškodí.</translation>
    </message>
    <message>
        <source>Check its USB cable. The touch screen still works.</source>
        <translation>Zkontrolujte USB kabel. Dotyková obrazovka funguje dál.</translation>
    </message>
    <message>
        <source>If a talk has begun, touch Record.</source>
        <translation>Pokud přednáška začala, stiskněte Nahrávat.</translation>
    </message>
    <message>
        <source>If the talk goes on, show slides or speaker.</source>
        <translation>Pokud přednáška pokračuje, ukažte prezentaci nebo řečníka.</translation>
    </message>
    <message>
        <source>If the talk is over, stop the recording.</source>
        <translation>Pokud přednáška skončila, zastavte nahrávání.</translation>
    </message>
    <message>
        <source>{what} for {time}</source>
        <translation>{what}, už {time}</translation>
    </message>
    <message>
        <source>Go on in another folder</source>
        <translation>Pokračovat v jiné složce</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>Vybrat složku</translation>
    </message>
    <message>
        <source>Go on recording</source>
        <translation>Pokračovat v nahrávání</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Nahrávat</translation>
    </message>
    <message>
        <source>Bring it back</source>
        <translation>Připojit znovu</translation>
    </message>
    <message>
        <source>Restart the source</source>
        <translation>Restartovat zdroj</translation>
    </message>
    <message>
        <source>Switch the sound on</source>
        <translation>Zapnout zvuk</translation>
    </message>
    <message>
        <source>Hold to end the stream</source>
        <translation>Podržením ukončíte přenos</translation>
    </message>
    <message>
        <source>Back to stagebox&apos;s scenes</source>
        <translation>Zpět ke scénám stageboxu</translation>
    </message>
    <message>
        <source>Back to stagebox&apos;s profile</source>
        <translation>Zpět k profilu stageboxu</translation>
    </message>
    <message>
        <source>Rename it aside</source>
        <translation>Přejmenovat stranou</translation>
    </message>
    <message>
        <source>Hold to restart OBS</source>
        <translation>Podržením restartujete OBS</translation>
    </message>
    <message>
        <source>Mend it</source>
        <translation>Opravit</translation>
    </message>
    <message>
        <source>Show {scene}</source>
        <translation>Ukázat: {scene}</translation>
    </message>
</context>
<context>
    <name>box</name>
    <message>
        <source>Too many touches wait for an answer. Wait a moment.</source>
        <translation>Příliš mnoho dotyků čeká na odpověď. Chvíli počkejte.</translation>
    </message>
</context>
<context>
    <name>button box</name>
    <message>
        <source>Wait a moment. If it stays so, run the check: Set-up, Check.</source>
        <translation>Chvíli počkejte. Když to tak zůstane, spusťte kontrolu: Nastavení, Kontrola.</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>Není známo</translation>
    </message>
    <message>
        <source>No button box is set up</source>
        <translation>Žádná tlačítková skříňka není nastavena</translation>
    </message>
    <message>
        <source>The crew can add one: its guide says how.</source>
        <translation>Technici ji mohou přidat: návod říká jak.</translation>
    </message>
    <message>
        <source>The button box cannot be used now</source>
        <translation>Tlačítkovou skříňku teď nelze použít</translation>
    </message>
    <message>
        <source>Check its USB cable. It is used again by itself.</source>
        <translation>Zkontrolujte její USB kabel. Pak se sama znovu zapojí.</translation>
    </message>
    <message>
        <source>What shall a button do?</source>
        <translation>Co má tlačítko dělat?</translation>
    </message>
    <message>
        <source>Choose it here, then press the button on the box.</source>
        <translation>Vyberte to zde a potom stiskněte tlačítko na skříňce.</translation>
    </message>
    <message>
        <source>Press the button for: {deed}</source>
        <translation>Stiskněte tlačítko pro: {deed}</translation>
    </message>
    <message>
        <source>It does nothing else this time. Still {n} s.</source>
        <translation>Tentokrát neudělá nic jiného. Ještě {n} s.</translation>
    </message>
    <message>
        <source>The box is not there: check its USB cable.</source>
        <translation>Skříňka není připojena: zkontrolujte její USB kabel.</translation>
    </message>
    <message>
        <source>No button was pressed</source>
        <translation>Žádné tlačítko nebylo stisknuto</translation>
    </message>
    <message>
        <source>Is the box plugged in? Buttons do what they did before.</source>
        <translation>Je skříňka připojena? Tlačítka dělají totéž co předtím.</translation>
    </message>
    <message>
        <source>Pressed: {button}</source>
        <translation>Stisknuto: {button}</translation>
    </message>
    <message>
        <source>From now on: {deed}. Until now: {now}.</source>
        <translation>Odteď: {deed}. Dosud: {now}.</translation>
    </message>
    <message>
        <source>Saving: {button}</source>
        <translation>Ukládá se: {button}</translation>
    </message>
    <message>
        <source>It was not changed</source>
        <translation>Nic se nezměnilo</translation>
    </message>
    <message>
        <source>Buttons do what they did before. Try again.</source>
        <translation>Tlačítka dělají totéž co předtím. Zkuste to znovu.</translation>
    </message>
    <message>
        <source>Done: {button}</source>
        <translation>Hotovo: {button}</translation>
    </message>
    <message>
        <source>scene {name}</source>
        <translation>scéna {name}</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nic</translation>
    </message>
    <message>
        <source>begin and end the recording</source>
        <translation>začít a ukončit nahrávání</translation>
    </message>
    <message>
        <source>begin the recording</source>
        <translation>začít nahrávat</translation>
    </message>
    <message>
        <source>end the recording</source>
        <translation>ukončit nahrávání</translation>
    </message>
    <message>
        <source>begin and end the stream</source>
        <translation>začít a ukončit vysílání</translation>
    </message>
    <message>
        <source>end the stream</source>
        <translation>ukončit vysílání</translation>
    </message>
    <message>
        <source>mark this moment</source>
        <translation>označit tento okamžik</translation>
    </message>
    <message>
        <source>say that an alarm was seen</source>
        <translation>potvrdit, že výstraha byla viděna</translation>
    </message>
    <message>
        <source>button {n}</source>
        <translation>tlačítko {n}</translation>
    </message>
    <message>
        <source>button {n} of “{box}”</source>
        <translation>tlačítko {n} na „{box}“</translation>
    </message>
</context>
<context>
    <name>check</name>
    <message>
        <source>Recordings</source>
        <translation>Nahrávky</translation>
    </message>
    <message>
        <source>Talks</source>
        <translation>Přednášky</translation>
    </message>
    <message>
        <source>Memory of stagebox</source>
        <translation>Paměť stageboxu</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>Disk</translation>
    </message>
    <message>
        <source>Heat</source>
        <translation>Teplota</translation>
    </message>
    <message>
        <source>Power</source>
        <translation>Napájení</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>Hodiny</translation>
    </message>
    <message>
        <source>Button box</source>
        <translation>Tlačítková skříňka</translation>
    </message>
    <message>
        <source>OBS&apos;s window</source>
        <translation>Okno OBS</translation>
    </message>
    <message>
        <source>Scenes</source>
        <translation>Scény</translation>
    </message>
    <message>
        <source>Sample rate</source>
        <translation>Vzorkování</translation>
    </message>
    <message>
        <source>Slides</source>
        <translation>Prezentace</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>Mikrofon</translation>
    </message>
    <message>
        <source>Backup sound</source>
        <translation>Záložní zvuk</translation>
    </message>
    <message>
        <source>Test recording</source>
        <translation>Zkušební nahrávka</translation>
    </message>
    <message>
        <source>Good.</source>
        <translation>V pořádku.</translation>
    </message>
    <message>
        <source>Worth knowing; it can stay so.</source>
        <translation>Dobré vědět; může to tak zůstat.</translation>
    </message>
    <message>
        <source>This needs a look before the first talk.</source>
        <translation>Podívejte se na to před první přednáškou.</translation>
    </message>
    <message>
        <source>This does not work.</source>
        <translation>Toto nefunguje.</translation>
    </message>
    <message>
        <source>Choose another folder or disk, under Room and disk.</source>
        <translation>Vyberte jinou složku nebo disk, v části Sál a disk.</translation>
    </message>
    <message>
        <source>Wait a moment and check again. If it stays so, restart the computer.</source>
        <translation>Chvíli počkejte a zkontrolujte znovu. Když to nepomůže, restartujte počítač.</translation>
    </message>
    <message>
        <source>Make room on the disk, or choose another one.</source>
        <translation>Uvolněte místo na disku, nebo vyberte jiný.</translation>
    </message>
    <message>
        <source>Let air get to the computer.</source>
        <translation>Pusťte k počítači vzduch.</translation>
    </message>
    <message>
        <source>Plug the power supply in.</source>
        <translation>Připojte napájení.</translation>
    </message>
    <message>
        <source>Compare the time with a phone; connect a network.</source>
        <translation>Porovnejte čas s telefonem; připojte síť.</translation>
    </message>
    <message>
        <source>Check its USB cable.</source>
        <translation>Zkontrolujte kabel USB.</translation>
    </message>
    <message>
        <source>OBS may lie over this screen: ask whoever set this computer up.</source>
        <translation>Zeptejte se toho, kdo počítač připravil: okno OBS může obrazovku překrýt.</translation>
    </message>
    <message>
        <source>Check the cable, wake the laptop, or choose another device under Sources.</source>
        <translation>Zkontrolujte kabel, probuďte notebook, nebo vyberte jiné zařízení v části Zdroje.</translation>
    </message>
    <message>
        <source>Switch the camera on, or choose another device under Sources.</source>
        <translation>Zapněte kameru, nebo vyberte jiné zařízení v části Zdroje.</translation>
    </message>
    <message>
        <source>Switch the microphone on, speak, or choose another under Sources.</source>
        <translation>Zapněte mikrofon, mluvte, nebo vyberte jiný v části Zdroje.</translation>
    </message>
    <message>
        <source>Check the microphone&apos;s cable, and check again.</source>
        <translation>Zkontrolujte kabel mikrofonu a spusťte kontrolu znovu.</translation>
    </message>
    <message>
        <source>Check again; if it stays so, restart the computer.</source>
        <translation>Zkontrolujte znovu; když to nepomůže, restartujte počítač.</translation>
    </message>
    <message>
        <source>Install stagebox again.</source>
        <translation>Nainstalujte stagebox znovu.</translation>
    </message>
    <message>
        <source>Tell the crew.</source>
        <translation>Řekněte to technikům.</translation>
    </message>
    <message>
        <source>Not while a talk is being recorded</source>
        <translation>Ne během nahrávání přednášky</translation>
    </message>
    <message>
        <source>OBS is not there: the check waits for it</source>
        <translation>OBS neběží: kontrola na něj čeká</translation>
    </message>
    <message>
        <source>Please speak into the microphone now, for {n} seconds</source>
        <translation>Mluvte teď prosím {n} s do mikrofonu</translation>
    </message>
    <message>
        <source>Checking… {n} done</source>
        <translation>Kontroluje se… hotovo: {n}</translation>
    </message>
    <message>
        <source>Nothing was checked yet</source>
        <translation>Zatím se nic nekontrolovalo</translation>
    </message>
    <message>
        <source>{n} broken</source>
        <translation>nefunguje: {n}</translation>
    </message>
    <message>
        <source>All is good</source>
        <translation>Vše je v pořádku</translation>
    </message>
    <message>
        <source>Tell the crew: OBS and the mixer should both run at 48 kHz.</source>
        <translation>Řekněte to technikům: OBS i mixpult mají běžet na 48 kHz.</translation>
    </message>
    <message>
        <source>Touch “Build the scenes again”.</source>
        <translation>Dotkněte se „Postavit scény znovu“.</translation>
    </message>
    <message>
        <source>Good, with something to know</source>
        <translation>Dobré, s něčím, co je dobré vědět</translation>
    </message>
    <message>
        <source>Its picture is there.</source>
        <translation>Obraz je vidět.</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>Zkontrolovat znovu</translation>
    </message>
    <message>
        <source>Build the scenes again</source>
        <translation>Sestavit scény znovu</translation>
    </message>
    <message>
        <source>Choose the slides</source>
        <translation>Vybrat prezentaci</translation>
    </message>
    <message>
        <source>Choose the camera</source>
        <translation>Vybrat kameru</translation>
    </message>
    <message>
        <source>Choose the microphone</source>
        <translation>Vybrat mikrofon</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>Vybrat složku</translation>
    </message>
    <message>
        <source>To the button box</source>
        <translation>K tlačítkům</translation>
    </message>
    <message>
        <source>To the stream</source>
        <translation>K přenosu</translation>
    </message>
    <message>
        <source>Go there</source>
        <translation>Přejít tam</translation>
    </message>
</context>
<context>
    <name>findings</name>
    <message>
        <source>nobody speaks</source>
        <translation>nikdo nemluví</translation>
    </message>
    <message>
        <source>no picture at all</source>
        <translation>zcela bez obrazu</translation>
    </message>
    <message>
        <source>no sound at all</source>
        <translation>zcela bez zvuku</translation>
    </message>
    <message>
        <source>picture and sound differ in length</source>
        <translation>obraz a zvuk mají různou délku</translation>
    </message>
    <message>
        <source>the end is missing</source>
        <translation>chybí konec</translation>
    </message>
    <message>
        <source>damaged</source>
        <translation>poškozeno</translation>
    </message>
    <message>
        <source>a jump in time</source>
        <translation>skok v čase</translation>
    </message>
    <message>
        <source>shorter than the talk was</source>
        <translation>kratší než přednáška</translation>
    </message>
    <message>
        <source>a gap</source>
        <translation>mezera</translation>
    </message>
    <message>
        <source>paused in OBS</source>
        <translation>pozastaveno v OBS</translation>
    </message>
    <message>
        <source>not an exact copy</source>
        <translation>není přesná kopie</translation>
    </message>
    <message>
        <source>cannot be read</source>
        <translation>nelze přečíst</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>prázdné</translation>
    </message>
    <message>
        <source>not as an MP4</source>
        <translation>ne jako MP4</translation>
    </message>
    <message>
        <source>a data track is left out</source>
        <translation>chybí datová stopa</translation>
    </message>
    <message>
        <source>says a wrong length</source>
        <translation>udává špatnou délku</translation>
    </message>
    <message>
        <source>still being written</source>
        <translation>stále se zapisuje</translation>
    </message>
    <message>
        <source>unsure whether somebody speaks</source>
        <translation>není jisté, zda někdo mluví</translation>
    </message>
    <message>
        <source>muted</source>
        <translation>ztlumeno</translation>
    </message>
    <message>
        <source>Ask the speaker for the slides as a file, or to repeat this part.</source>
        <translation>Požádejte řečníka o prezentaci v souboru, nebo ať tuto část zopakuje.</translation>
    </message>
    <message>
        <source>Ask the speaker for the slides as a file.</source>
        <translation>Požádejte řečníka o prezentaci v souboru.</translation>
    </message>
    <message>
        <source>Ask the speaker to repeat this part.</source>
        <translation>Požádejte řečníka, ať tuto část zopakuje.</translation>
    </message>
    <message>
        <source>Turn the microphone up before the next talk.</source>
        <translation>Před další přednáškou přidejte hlasitost mikrofonu.</translation>
    </message>
    <message>
        <source>Turn the microphone down before the next talk.</source>
        <translation>Před další přednáškou uberte hlasitost mikrofonu.</translation>
    </message>
    <message>
        <source>Check the microphone&apos;s cable before the next talk.</source>
        <translation>Před další přednáškou zkontrolujte kabel mikrofonu.</translation>
    </message>
    <message>
        <source>Turn the unused input down before the next talk.</source>
        <translation>Před další přednáškou stáhněte nepoužitý vstup.</translation>
    </message>
    <message>
        <source>Put the microphone into another USB socket before the next talk.</source>
        <translation>Před další přednáškou zapojte mikrofon do jiné zásuvky USB.</translation>
    </message>
    <message>
        <source>Look at this part before you publish the talk.</source>
        <translation>Podívejte se na tuto část, než přednášku zveřejníte.</translation>
    </message>
</context>
<context>
    <name>guide</name>
    <message>
        <source>Slides</source>
        <translation>Prezentace</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>Mikrofon</translation>
    </message>
    <message>
        <source>Room</source>
        <translation>Sál</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Složka</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Kontrola</translation>
    </message>
    <message>
        <source>left out</source>
        <translation>vynecháno</translation>
    </message>
    <message>
        <source>not chosen</source>
        <translation>nevybráno</translation>
    </message>
    <message>
        <source>not done</source>
        <translation>zatím ne</translation>
    </message>
    <message>
        <source>Are these the slides?</source>
        <translation>Je toto prezentace?</translation>
    </message>
    <message>
        <source>Is this the camera?</source>
        <translation>Je toto kamera?</translation>
    </message>
    <message>
        <source>Is this the microphone?</source>
        <translation>Je toto mikrofon?</translation>
    </message>
    <message>
        <source>Which device shows the slides?</source>
        <translation>Které zařízení ukazuje prezentaci?</translation>
    </message>
    <message>
        <source>Which device is the camera?</source>
        <translation>Které zařízení je kamera?</translation>
    </message>
    <message>
        <source>Which device is the microphone?</source>
        <translation>Které zařízení je mikrofon?</translation>
    </message>
    <message>
        <source>Yes, use it</source>
        <translation>Ano, použít</translation>
    </message>
    <message>
        <source>Nothing chosen yet</source>
        <translation>Zatím nic nevybráno</translation>
    </message>
    <message>
        <source>Without slides</source>
        <translation>Bez prezentace</translation>
    </message>
    <message>
        <source>The talk has no slides</source>
        <translation>Přednáška bude bez prezentace</translation>
    </message>
    <message>
        <source>Without a camera</source>
        <translation>Bez kamery</translation>
    </message>
    <message>
        <source>The talk does not show the speaker</source>
        <translation>Přednášející nebude vidět</translation>
    </message>
    <message>
        <source>Without a microphone</source>
        <translation>Bez mikrofonu</translation>
    </message>
    <message>
        <source>The talk has no sound</source>
        <translation>Přednáška bude bez zvuku</translation>
    </message>
    <message>
        <source>Not connected. Wait a moment: it comes by itself.</source>
        <translation>Bez spojení. Chvíli počkejte, vrátí se samo.</translation>
    </message>
    <message>
        <source>OBS is starting. Its devices come in a few seconds.</source>
        <translation>OBS se spouští. Zařízení se objeví za pár vteřin.</translation>
    </message>
    <message>
        <source>Asked. The level comes in a moment.</source>
        <translation>Vyžádáno. Hladina se hned objeví.</translation>
    </message>
    <message>
        <source>Asked. The picture comes in a moment.</source>
        <translation>Vyžádáno. Obraz se hned objeví.</translation>
    </message>
    <message>
        <source>It was chosen, and is not there. Check its cable, or choose another.</source>
        <translation>Bylo vybráno, ale chybí. Zkontrolujte kabel, nebo vyberte jiné.</translation>
    </message>
    <message>
        <source>A talk is on air: a change is asked about once more.</source>
        <translation>Přednáška běží: na změnu se ještě jednou zeptáme.</translation>
    </message>
    <message>
        <source>Not heard yet. Say something.</source>
        <translation>Zatím není slyšet. Řekněte něco.</translation>
    </message>
    <message>
        <source>Not seen yet. Wait a moment.</source>
        <translation>Zatím není vidět. Chvíli počkejte.</translation>
    </message>
    <message>
        <source>Speak: the level should move.</source>
        <translation>Promluvte: hladina se má hýbat.</translation>
    </message>
    <message>
        <source>This is what will be recorded.</source>
        <translation>Toto se bude nahrávat.</translation>
    </message>
    <message>
        <source>Looking for devices…</source>
        <translation>Hledají se zařízení…</translation>
    </message>
    <message>
        <source>No capture device was found. Plug it in, then “Look again”.</source>
        <translation>Zachytávací karta nenalezena. Připojte ji a dejte „Hledat znovu“.</translation>
    </message>
    <message>
        <source>No camera was found. Plug it in, then “Look again”.</source>
        <translation>Kamera nenalezena. Připojte ji a dejte „Hledat znovu“.</translation>
    </message>
    <message>
        <source>No microphone was found. Plug it in, then “Look again”.</source>
        <translation>Mikrofon nenalezen. Připojte ho a dejte „Hledat znovu“.</translation>
    </message>
    <message>
        <source>Touch the right one in the list.</source>
        <translation>Dotkněte se toho pravého v seznamu.</translation>
    </message>
    <message>
        <source>Which event and room is this?</source>
        <translation>Která je to akce a který sál?</translation>
    </message>
    <message>
        <source>On the title cards, and in the names of the recordings.</source>
        <translation>Na titulních kartách a v názvech nahrávek.</translation>
    </message>
    <message>
        <source>Keep these names</source>
        <translation>Nechat tyto názvy</translation>
    </message>
    <message>
        <source>Name it later</source>
        <translation>Pojmenovat později</translation>
    </message>
    <message>
        <source>Recordings bear the name “{room}”</source>
        <translation>Nahrávky ponesou název „{room}“</translation>
    </message>
    <message>
        <source>Touch another folder to change it.</source>
        <translation>Změna: dotkněte se jiné složky.</translation>
    </message>
    <message>
        <source>A talk is being recorded: the folder can be changed when it has ended.</source>
        <translation>Nahrává se přednáška: složku lze změnit, až skončí.</translation>
    </message>
    <message>
        <source>Where shall recordings go?</source>
        <translation>Kam mají jít nahrávky?</translation>
    </message>
    <message>
        <source>Record there</source>
        <translation>Nahrávat sem</translation>
    </message>
    <message>
        <source>Choose it later</source>
        <translation>Vybrat později</translation>
    </message>
    <message>
        <source>Recordings go into the folder that is set now</source>
        <translation>Nahrávky půjdou do nynější složky</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>Kontroluje se…</translation>
    </message>
    <message>
        <source>To the live screen</source>
        <translation>Na hlavní obrazovku</translation>
    </message>
    <message>
        <source>Ready for the first talk</source>
        <translation>Připraveno na první přednášku</translation>
    </message>
    <message>
        <source>Run the check</source>
        <translation>Spustit kontrolu</translation>
    </message>
    <message>
        <source>Half a minute; speak when asked</source>
        <translation>Půl minuty; na výzvu promluvte</translation>
    </message>
    <message>
        <source>Does it all work together?</source>
        <translation>Funguje vše dohromady?</translation>
    </message>
    <message>
        <source>Without the check</source>
        <translation>Bez kontroly</translation>
    </message>
    <message>
        <source>Nobody knows whether it works</source>
        <translation>Nikdo neví, zda to funguje</translation>
    </message>
</context>
<context>
    <name>header</name>
    <message>
        <source>touch to name the speaker</source>
        <translation>dotykem zadejte přednášejícího</translation>
    </message>
    <message>
        <source>next talk</source>
        <translation>další přednáška</translation>
    </message>
    <message>
        <source>touch to type title and speaker</source>
        <translation>dotykem zadejte název a přednášejícího</translation>
    </message>
    <message>
        <source>Talk without a title</source>
        <translation>Přednáška bez názvu</translation>
    </message>
</context>
<context>
    <name>hints</name>
    <message>
        <source>The slides are back.</source>
        <translation>Prezentace je zpět.</translation>
    </message>
    <message>
        <source>The camera is back.</source>
        <translation>Kamera je zpět.</translation>
    </message>
    <message>
        <source>Show {scene}</source>
        <translation>Ukázat {scene}</translation>
    </message>
    <message>
        <source>Hold to stop.</source>
        <translation>Podržením zastavíte.</translation>
    </message>
    <message>
        <source>“{card}” is on program, and the recording runs. Is the talk over?</source>
        <translation>Ve vysílání je „{card}“ a nahrává se. Skončila přednáška?</translation>
    </message>
    <message>
        <source>“{card}” is on program, and the recording runs.</source>
        <translation>Ve vysílání je „{card}“ a nahrává se.</translation>
    </message>
    <message>
        <source>Nobody is heard, no slide changes, and the recording runs. Is the talk over?</source>
        <translation>Nikdo není slyšet, prezentace se nemění a nahrávání běží. Skončila přednáška?</translation>
    </message>
    <message>
        <source>This recording runs for more than {n} hours. Was it forgotten?</source>
        <translation>Nahrává se už přes {n} hodiny. Nezapomněl to někdo?</translation>
    </message>
    <message>
        <source>Somebody is speaking, and nothing is being recorded.</source>
        <translation>Někdo mluví a nic se nenahrává.</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Nahrávat</translation>
    </message>
</context>
<context>
    <name>lock</name>
    <message>
        <source>Wrong. Wait {n} s before the next try.</source>
        <translation>Špatně. Další pokus za {n} s.</translation>
    </message>
    <message>
        <source>Wrong. Try again.</source>
        <translation>Špatně. Zkuste to znovu.</translation>
    </message>
</context>
<context>
    <name>rail</name>
    <message>
        <source>Slides</source>
        <translation>Prezentace</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>Mikrofon</translation>
    </message>
    <message>
        <source>Button box</source>
        <translation>Tlačítka</translation>
    </message>
    <message>
        <source>Computer</source>
        <translation>Počítač</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>není známo</translation>
    </message>
    <message>
        <source>was: {words}</source>
        <translation>bylo: {words}</translation>
    </message>
    <message>
        <source>good</source>
        <translation>v pořádku</translation>
    </message>
    <message>
        <source>look at it</source>
        <translation>podívejte se</translation>
    </message>
    <message>
        <source>trouble</source>
        <translation>porucha</translation>
    </message>
    <message>
        <source>not chosen</source>
        <translation>nevybráno</translation>
    </message>
    <message>
        <source>off: card shown</source>
        <translation>vypnuto: je titulek</translation>
    </message>
    <message>
        <source>quiet</source>
        <translation>ticho</translation>
    </message>
    <message>
        <source>Backup sound</source>
        <translation>Záložní zvuk</translation>
    </message>
    <message>
        <source>none</source>
        <translation>žádná</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>Disk</translation>
    </message>
    <message>
        <source>full</source>
        <translation>plný</translation>
    </message>
    <message>
        <source>folder is gone</source>
        <translation>složka zmizela</translation>
    </message>
    <message>
        <source>cannot be written</source>
        <translation>nelze zapisovat</translation>
    </message>
    <message>
        <source>{room} free</source>
        <translation>{room} volno</translation>
    </message>
    <message>
        <source>no figures</source>
        <translation>bez údajů</translation>
    </message>
    <message>
        <source>{fps} fps, none lost</source>
        <translation>{fps} fps, bez ztrát</translation>
    </message>
    <message>
        <source>{fps} fps, {n} lost</source>
        <translation>{fps} fps, ztraceno {n}</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>spouští se</translation>
    </message>
    <message>
        <source>connecting</source>
        <translation>připojuje se</translation>
    </message>
    <message>
        <source>does not answer</source>
        <translation>neodpovídá</translation>
    </message>
    <message>
        <source>Stream</source>
        <translation>Přenos</translation>
    </message>
</context>
<context>
    <name>record</name>
    <message>
        <source>Not known: was recording</source>
        <translation>Není známo: nahrávalo se</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>Není známo</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Zastavuje se…</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>Spouští se…</translation>
    </message>
    <message>
        <source>OBS is not there</source>
        <translation>OBS tu není</translation>
    </message>
    <message>
        <source>Test recording</source>
        <translation>Zkušební nahrávka</translation>
    </message>
    <message>
        <source>Not recording</source>
        <translation>Nenahrává se</translation>
    </message>
    <message>
        <source>OBS is coming back</source>
        <translation>OBS se vrací</translation>
    </message>
    <message>
        <source>Paused: nothing is recorded</source>
        <translation>Pozastaveno: nic se nenahrává</translation>
    </message>
    <message>
        <source>NOT recording yet</source>
        <translation>Zatím NENAHRÁVÁ</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>Nahrává se</translation>
    </message>
    <message>
        <source>nothing arrives on the disk</source>
        <translation>na disk nic nepřichází</translation>
    </message>
    <message>
        <source>proven</source>
        <translation>ověřeno</translation>
    </message>
    <message>
        <source>the microphone is missing</source>
        <translation>chybí mikrofon</translation>
    </message>
    <message>
        <source>the wrong microphone</source>
        <translation>nesprávný mikrofon</translation>
    </message>
    <message>
        <source>OBS does not hear the room</source>
        <translation>OBS neslyší sál</translation>
    </message>
    <message>
        <source>slides have no signal</source>
        <translation>prezentace je bez signálu</translation>
    </message>
    <message>
        <source>slides are black</source>
        <translation>prezentace je černá</translation>
    </message>
    <message>
        <source>camera has no signal</source>
        <translation>kamera je bez signálu</translation>
    </message>
    <message>
        <source>camera is black</source>
        <translation>kamera je černá</translation>
    </message>
    <message>
        <source>camera stands still</source>
        <translation>kamera stojí</translation>
    </message>
    <message>
        <source>camera is not known</source>
        <translation>o kameře se neví</translation>
    </message>
    <message>
        <source>slides are not known</source>
        <translation>o slajdech se neví</translation>
    </message>
    <message>
        <source>no slides are chosen</source>
        <translation>nejsou vybrány slajdy</translation>
    </message>
    <message>
        <source>the program is black</source>
        <translation>program je černý</translation>
    </message>
    <message>
        <source>no picture is chosen</source>
        <translation>není vybrán žádný obraz</translation>
    </message>
    <message>
        <source>sound is not known</source>
        <translation>o zvuku se neví</translation>
    </message>
    <message>
        <source>this scene has no sound</source>
        <translation>tato scéna nemá zvuk</translation>
    </message>
    <message>
        <source>the microphone is muted</source>
        <translation>mikrofon je ztlumený</translation>
    </message>
    <message>
        <source>no microphone is chosen</source>
        <translation>není vybrán mikrofon</translation>
    </message>
    <message>
        <source>no source is chosen</source>
        <translation>není vybrán žádný zdroj</translation>
    </message>
    <message>
        <source>not proven yet</source>
        <translation>zatím neověřeno</translation>
    </message>
    <message>
        <source>slides are missing</source>
        <translation>chybí prezentace</translation>
    </message>
    <message>
        <source>camera is missing</source>
        <translation>chybí kamera</translation>
    </message>
    <message>
        <source>no sound</source>
        <translation>bez zvuku</translation>
    </message>
    <message>
        <source>Please wait</source>
        <translation>Počkejte prosím</translation>
    </message>
    <message>
        <source>Hold to stop</source>
        <translation>Podržte: zastavit</translation>
    </message>
    <message>
        <source>Name the talk</source>
        <translation>Pojmenovat přednášku</translation>
    </message>
    <message>
        <source>Going on…</source>
        <translation>Pokračuje…</translation>
    </message>
    <message>
        <source>Go on recording</source>
        <translation>Pokračovat v nahrávání</translation>
    </message>
    <message>
        <source>Waiting for OBS</source>
        <translation>Čeká se na OBS</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Nahrávat</translation>
    </message>
    <message>
        <source>one touch begins</source>
        <translation>začne jedním dotykem</translation>
    </message>
    <message>
        <source>started {time} by touch</source>
        <translation>začátek {time} dotykem</translation>
    </message>
    <message>
        <source>started {time} by button</source>
        <translation>začátek {time} tlačítkem</translation>
    </message>
    <message>
        <source>started {time} in OBS</source>
        <translation>začátek {time} v OBS</translation>
    </message>
    <message>
        <source>started {time}</source>
        <translation>začátek {time}</translation>
    </message>
</context>
<context>
    <name>report</name>
    <message>
        <source>This talk is being recorded now. Its report comes after it.</source>
        <translation>Tato přednáška se právě nahrává. Zpráva o ní přijde po ní.</translation>
    </message>
    <message>
        <source>This talk is being checked. Its report comes in a moment.</source>
        <translation>Tato přednáška se kontroluje. Zpráva o ní přijde za chvíli.</translation>
    </message>
    <message>
        <source>The report is being fetched.</source>
        <translation>Zpráva se načítá.</translation>
    </message>
    <message>
        <source>There is no report of this talk. The recording itself is kept.</source>
        <translation>O této přednášce není zpráva. Nahrávka sama zůstává.</translation>
    </message>
    <message>
        <source>{title} (repeat)</source>
        <translation>{title} (opakování)</translation>
    </message>
    <message>
        <source>Record the repeat</source>
        <translation>Nahrát opakování</translation>
    </message>
    <message>
        <source>every packet is equal</source>
        <translation>každý paket je stejný</translation>
    </message>
    <message>
        <source>not every packet is equal</source>
        <translation>ne každý paket je stejný</translation>
    </message>
    <message>
        <source>Proof</source>
        <translation>Důkaz</translation>
    </message>
    <message>
        <source>Accepted by {who}: “{note}”</source>
        <translation>Uznáno ({who}): „{note}“</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Délka</translation>
    </message>
    <message>
        <source>Loudness</source>
        <translation>Hlasitost</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>neměřeno</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>není známo</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Soubor</translation>
    </message>
    <message>
        <source>none</source>
        <translation>žádný</translation>
    </message>
</context>
<context>
    <name>said</name>
    <message>
        <source>The microphone is on again.</source>
        <translation>Mikrofon je opět zapnutý.</translation>
    </message>
    <message>
        <source>The slides are back.</source>
        <translation>Prezentace je zpět.</translation>
    </message>
    <message>
        <source>The camera is back.</source>
        <translation>Kamera je zpět.</translation>
    </message>
    <message>
        <source>The slides were started again.</source>
        <translation>Prezentace byla spuštěna znovu.</translation>
    </message>
    <message>
        <source>The camera was started again.</source>
        <translation>Kamera byla spuštěna znovu.</translation>
    </message>
    <message>
        <source>OBS did not answer. It was started again.</source>
        <translation>OBS neodpovídalo. Bylo spuštěno znovu.</translation>
    </message>
    <message>
        <source>The scenes are built again.</source>
        <translation>Scény jsou znovu sestavené.</translation>
    </message>
    <message>
        <source>That did not work. Try again, or tell the crew.</source>
        <translation>To se nepovedlo. Zkuste to znovu, nebo řekněte technikům.</translation>
    </message>
    <message>
        <source>Something did not go as it should. Tell the crew.</source>
        <translation>Něco neproběhlo, jak mělo. Řekněte technikům.</translation>
    </message>
    <message>
        <source>The recording goes on. About {lacks_s} of the talk are missing.</source>
        <translation>Záznam pokračuje. Z přednášky chybí asi {lacks_s}.</translation>
    </message>
    <message>
        <source>OBS stopped recording by itself and was asked to go on: this talk has a gap.</source>
        <translation>OBS samo přestalo nahrávat a bylo požádáno, aby pokračovalo: v přednášce je mezera.</translation>
    </message>
    <message>
        <source>The recording goes on in {folder}.</source>
        <translation>Záznam pokračuje ve složce {folder}.</translation>
    </message>
    <message>
        <source>The computer went down {ago_s} ago while “{talk}” was being recorded. Its recording goes on in a new part. What lies on the disk is processed.</source>
        <translation>Počítač se před {ago_s} vypnul, když se nahrávalo „{talk}“. Záznam pokračuje v nové části. Co je na disku, se zpracuje.</translation>
    </message>
    <message>
        <source>The computer went down {ago_s} ago while “{talk}” was being recorded. It is not recorded any more. What lies on the disk is processed.</source>
        <translation>Počítač se před {ago_s} vypnul, když se nahrávalo „{talk}“. Už se nenahrává. Co je na disku, se zpracuje.</translation>
    </message>
    <message>
        <source>The computer stood still for {still_s}. The recording lacks that much of the talk.</source>
        <translation>Počítač stál {still_s}. Tolik z přednášky v záznamu chybí.</translation>
    </message>
    <message>
        <source>The computer slept for {slept_s}.</source>
        <translation>Počítač spal {slept_s}.</translation>
    </message>
    <message>
        <source>The computer slept for {slept_s}. The recording lacks that much of the talk.</source>
        <translation>Počítač spal {slept_s}. Tolik z přednášky v záznamu chybí.</translation>
    </message>
    <message>
        <source>stagebox stood still for {still_s}.</source>
        <translation>stagebox stál {still_s}.</translation>
    </message>
    <message>
        <source>“{talk}” goes on.</source>
        <translation>„{talk}“ pokračuje.</translation>
    </message>
    <message>
        <source>The last recording is still being saved. Try again in a moment.</source>
        <translation>Poslední záznam se ještě ukládá. Zkuste to za chvíli znovu.</translation>
    </message>
    <message>
        <source>This talk is marked “do not record”.</source>
        <translation>Tato přednáška je označena „nenahrávat“.</translation>
    </message>
    <message>
        <source>Nothing is being recorded.</source>
        <translation>Nic se nenahrává.</translation>
    </message>
    <message>
        <source>Nothing is being recorded, so there is no moment to mark.</source>
        <translation>Nic se nenahrává, není tedy co označit.</translation>
    </message>
    <message>
        <source>The recording is being stopped.</source>
        <translation>Záznam se právě zastavuje.</translation>
    </message>
    <message>
        <source>It was stopped before OBS had started.</source>
        <translation>Bylo to zastaveno dřív, než OBS začalo.</translation>
    </message>
    <message>
        <source>The recording folder {folder} is missing. Choose another folder.</source>
        <translation>Složka pro záznamy {folder} chybí. Vyberte jinou složku.</translation>
    </message>
    <message>
        <source>The recording folder {folder} cannot be written. Choose another folder.</source>
        <translation>Do složky pro záznamy {folder} nelze zapisovat. Vyberte jinou složku.</translation>
    </message>
    <message>
        <source>The disk of {folder} is full. Choose another folder.</source>
        <translation>Disk se složkou {folder} je plný. Vyberte jinou složku.</translation>
    </message>
    <message>
        <source>A test recording runs already.</source>
        <translation>Zkušební záznam už běží.</translation>
    </message>
    <message>
        <source>A talk is being recorded. The test waits until it has ended.</source>
        <translation>Nahrává se přednáška. Zkouška počká, až skončí.</translation>
    </message>
    <message>
        <source>The last test recording is still being checked.</source>
        <translation>Poslední zkušební záznam se ještě kontroluje.</translation>
    </message>
    <message>
        <source>OBS is not there. The test waits until it answers.</source>
        <translation>OBS neběží. Zkouška počká, až odpoví.</translation>
    </message>
    <message>
        <source>OBS went away meanwhile.</source>
        <translation>OBS mezitím skončilo.</translation>
    </message>
    <message>
        <source>stagebox was away for too long: touch record again.</source>
        <translation>stagebox byl příliš dlouho pryč: dotkněte se znovu tlačítka Nahrávat.</translation>
    </message>
    <message>
        <source>OBS did not start recording within {waited_s}. stagebox keeps trying.</source>
        <translation>OBS nezačalo nahrávat do {waited_s}. stagebox to zkouší dál.</translation>
    </message>
    <message>
        <source>OBS did not start recording within {waited_s}.</source>
        <translation>OBS nezačalo nahrávat do {waited_s}.</translation>
    </message>
    <message>
        <source>OBS did not stop recording within {waited_s}. stagebox keeps trying; the recording is safe.</source>
        <translation>OBS nepřestalo nahrávat do {waited_s}. stagebox to zkouší dál; záznam je v bezpečí.</translation>
    </message>
    <message>
        <source>OBS did not stop recording within {waited_s}. The talk is recorded as soon as it does.</source>
        <translation>OBS nepřestalo nahrávat do {waited_s}. Přednáška se začne nahrávat, jakmile přestane.</translation>
    </message>
    <message>
        <source>OBS refused to record: {reason}. stagebox keeps trying.</source>
        <translation>OBS odmítlo nahrávat: {reason}. stagebox to zkouší dál.</translation>
    </message>
    <message>
        <source>OBS refused to record: {reason}.</source>
        <translation>OBS odmítlo nahrávat: {reason}.</translation>
    </message>
    <message>
        <source>OBS is not connected, so it cannot be asked to go on.</source>
        <translation>OBS není připojeno, nelze je požádat, aby pokračovalo.</translation>
    </message>
    <message>
        <source>This alarm is over already.</source>
        <translation>Tento poplach už skončil.</translation>
    </message>
    <message>
        <source>OBS is not connected, so the scene was not changed.</source>
        <translation>OBS není připojeno, scéna se nezměnila.</translation>
    </message>
    <message>
        <source>There is no scene “{scene}”. OBS has: {scenes}.</source>
        <translation>Scéna „{scene}“ není. OBS má: {scenes}.</translation>
    </message>
    <message>
        <source>OBS is not connected.</source>
        <translation>OBS není připojeno.</translation>
    </message>
    <message>
        <source>It is not known yet which one is stagebox&apos;s: touch “Build the scenes again” first.</source>
        <translation>Ještě se neví, která je stageboxu: nejdřív se dotkněte „Sestavit scény znovu“.</translation>
    </message>
    <message>
        <source>OBS changes its profile only while nothing is recorded or streamed. Touch it after the talk.</source>
        <translation>OBS mění profil jen tehdy, když se nenahrává ani nevysílá. Dotkněte se toho po přednášce.</translation>
    </message>
    <message>
        <source>OBS refused to open “{name}”: {reason}.</source>
        <translation>OBS odmítlo otevřít „{name}“: {reason}.</translation>
    </message>
    <message>
        <source>OBS did not open “{name}” in time. Touch it again.</source>
        <translation>OBS neotevřelo „{name}“ včas. Dotkněte se toho znovu.</translation>
    </message>
    <message>
        <source>The last stream is still ending. Try again in a moment.</source>
        <translation>Poslední vysílání ještě končí. Zkuste to za chvíli znovu.</translation>
    </message>
    <message>
        <source>Nothing is being streamed.</source>
        <translation>Nic se nevysílá.</translation>
    </message>
    <message>
        <source>The stream is not live yet.</source>
        <translation>Vysílání ještě neběží.</translation>
    </message>
    <message>
        <source>OBS does not get through to the streaming server, or is refused by it.</source>
        <translation>OBS se k vysílacímu serveru nedostane, nebo je odmítnuto.</translation>
    </message>
    <message>
        <source>The streaming server refuses the stream: the key or the address is wrong.</source>
        <translation>Vysílací server vysílání odmítá: klíč nebo adresa nesouhlasí.</translation>
    </message>
    <message>
        <source>The streaming server does not answer.</source>
        <translation>Vysílací server neodpovídá.</translation>
    </message>
    <message>
        <source>The network is gone: this computer has no way to the streaming server.</source>
        <translation>Síť nefunguje: počítač se k vysílacímu serveru nedostane.</translation>
    </message>
    <message>
        <source>The streaming server hangs: it takes nothing any more.</source>
        <translation>Vysílací server stojí: už nic nepřijímá.</translation>
    </message>
    <message>
        <source>Target or key of the stream cannot be used.</source>
        <translation>Cíl nebo klíč vysílání nelze použít.</translation>
    </message>
    <message>
        <source>OBS refused to stream.</source>
        <translation>OBS odmítlo vysílat.</translation>
    </message>
    <message>
        <source>The folder {folder} cannot be used: it is full, or nothing can be written there. Choose another.</source>
        <translation>Složku {folder} nelze použít: je plná, nebo do ní nelze zapisovat. Vyberte jinou.</translation>
    </message>
    <message>
        <source>OBS did not take this. Wait a moment, and try again.</source>
        <translation>OBS to nepřijalo. Chvíli počkejte a zkuste to znovu.</translation>
    </message>
    <message>
        <source>A talk is on air: this would be seen or heard. A second touch confirms it.</source>
        <translation>Přednáška běží: bylo by to vidět nebo slyšet. Druhý dotyk to potvrdí.</translation>
    </message>
    <message>
        <source>A talk is being recorded: it would go on in the other folder. A second touch confirms it.</source>
        <translation>Nahrává se přednáška: pokračovala by v jiné složce. Druhý dotyk to potvrdí.</translation>
    </message>
    <message>
        <source>The recording is paused. Let it go on, then change the folder.</source>
        <translation>Záznam je pozastaven. Nechte ho pokračovat, pak změňte složku.</translation>
    </message>
    <message>
        <source>“{folder}” is no full path: begin with / and name every folder.</source>
        <translation>„{folder}“ není úplná cesta: začněte / a uveďte každou složku.</translation>
    </message>
    <message>
        <source>A talk is being recorded. The check waits until it has ended.</source>
        <translation>Nahrává se přednáška. Kontrola počká, až skončí.</translation>
    </message>
    <message>
        <source>OBS is not there. The check waits until it answers.</source>
        <translation>OBS neběží. Kontrola počká, až odpoví.</translation>
    </message>
    <message>
        <source>OBS is not there. Try again when it answers.</source>
        <translation>OBS neběží. Zkuste to znovu, až odpoví.</translation>
    </message>
    <message>
        <source>Another scene collection of OBS is open (“{name}”), and nothing is built in it. Touch “Back to stagebox&apos;s scenes” first.</source>
        <translation>V OBS je otevřená jiná kolekce scén („{name}“) a nic se v ní nesestavuje. Nejdřív se dotkněte „Zpět ke scénám stageboxu“.</translation>
    </message>
    <message>
        <source>It is being done already.</source>
        <translation>Už se to dělá.</translation>
    </message>
    <message>
        <source>“{kind}” cannot be the {role}: choose another kind of device.</source>
        <translation>„{kind}“ nelze použít ({role}): vyberte jiný druh zařízení.</translation>
    </message>
    <message>
        <source>Name the file that shall be played.</source>
        <translation>Uveďte soubor, který se má přehrát.</translation>
    </message>
    <message>
        <source>Too much is being changed at once. Try again in a moment.</source>
        <translation>Mění se toho příliš najednou. Zkuste to za chvíli znovu.</translation>
    </message>
    <message>
        <source>It took too long. Wait a moment, and try again.</source>
        <translation>Trvalo to příliš dlouho. Chvíli počkejte a zkuste to znovu.</translation>
    </message>
    <message>
        <source>stagebox began anew meanwhile. Look whether it is done.</source>
        <translation>stagebox mezitím začal znovu. Podívejte se, zda je to hotovo.</translation>
    </message>
</context>
<context>
    <name>sessions</name>
    <message>
        <source>{n} recorded</source>
        <translation>nahráno {n}</translation>
    </message>
    <message>
        <source>{n} good</source>
        <translation>v pořádku {n}</translation>
    </message>
    <message>
        <source>{n} in work</source>
        <translation>zpracovává se {n}</translation>
    </message>
    <message>
        <source>Talk without a title</source>
        <translation>Přednáška bez názvu</translation>
    </message>
    <message>
        <source>1 needs a look</source>
        <translation>ke kontrole 1</translation>
    </message>
    <message>
        <source>{n} need a look</source>
        <translation>ke kontrole {n}</translation>
    </message>
    <message>
        <source>{n} failed</source>
        <translation>selhalo {n}</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>Nahrává se</translation>
    </message>
    <message>
        <source>Good</source>
        <translation>Dobré</translation>
    </message>
    <message>
        <source>Needs a look</source>
        <translation>Ke kontrole</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Selhalo</translation>
    </message>
    <message>
        <source>Lost</source>
        <translation>Ztraceno</translation>
    </message>
    <message>
        <source>In another file</source>
        <translation>V jiném souboru</translation>
    </message>
    <message>
        <source>Not checked</source>
        <translation>Neověřeno</translation>
    </message>
    <message>
        <source>Is being recorded now</source>
        <translation>Právě se nahrává</translation>
    </message>
    <message>
        <source>Waits for its turn</source>
        <translation>Čeká, až přijde na řadu</translation>
    </message>
    <message>
        <source>Making the MP4</source>
        <translation>Vytváří se MP4</translation>
    </message>
    <message>
        <source>Proving that nothing was lost</source>
        <translation>Ověřuje se, že se nic neztratilo</translation>
    </message>
    <message>
        <source>Checking picture and sound</source>
        <translation>Kontroluje se obraz a zvuk</translation>
    </message>
    <message>
        <source>Being processed</source>
        <translation>Zpracovává se</translation>
    </message>
    <message>
        <source>What was found is accepted.</source>
        <translation>Co bylo nalezeno, je uznáno.</translation>
    </message>
    <message>
        <source>A person said that this talk is lost.</source>
        <translation>Někdo uvedl, že je tato přednáška ztracená.</translation>
    </message>
    <message>
        <source>A person said that this talk is in another file.</source>
        <translation>Někdo uvedl, že je tato přednáška v jiném souboru.</translation>
    </message>
    <message>
        <source>The MP4 is made and proven.</source>
        <translation>MP4 je hotové a ověřené.</translation>
    </message>
    <message>
        <source>The MP4 is made. Something in it needs a look.</source>
        <translation>MP4 je hotové. Něco v něm chce prohlédnout.</translation>
    </message>
    <message>
        <source>No usable MP4 could be made. The recording itself is kept.</source>
        <translation>Použitelné MP4 se nepodařilo vytvořit. Nahrávka sama zůstává.</translation>
    </message>
    <message>
        <source>Tell the crew, and leave the recording as it is.</source>
        <translation>Řekněte to technikům a nahrávku nechte, jak je.</translation>
    </message>
    <message>
        <source>The speaker is still here: ask to repeat {spans}.</source>
        <translation>Přednášející je ještě tady: požádejte o zopakování {spans}.</translation>
    </message>
    <message>
        <source>Look at the report before you publish it.</source>
        <translation>Před zveřejněním se podívejte na zprávu.</translation>
    </message>
</context>
<context>
    <name>set up</name>
    <message>
        <source>OBS is not there. It is started again by itself; wait a moment.</source>
        <translation>OBS neběží. Samo se znovu spustí; chvíli počkejte.</translation>
    </message>
    <message>
        <source>Looking for devices…</source>
        <translation>Hledají se zařízení…</translation>
    </message>
    <message>
        <source>OBS did not tell its devices. Touch “Look again”.</source>
        <translation>OBS svá zařízení neřeklo. Dotkněte se „Hledat znovu“.</translation>
    </message>
    <message>
        <source>Nobody has looked for devices yet. Touch “Look again”.</source>
        <translation>Zařízení se zatím nehledala. Dotkněte se „Hledat znovu“.</translation>
    </message>
    <message>
        <source>in use, not in OBS&apos;s list</source>
        <translation>používá se, v OBS není vidět</translation>
    </message>
    <message>
        <source>OBS sees no device. Check its cable, then touch “Look again”.</source>
        <translation>OBS nevidí žádné zařízení. Zkontrolujte kabel a dotkněte se „Hledat znovu“.</translation>
    </message>
    <message>
        <source>Not used</source>
        <translation>Nepoužívá se</translation>
    </message>
    <message>
        <source>The screen of this computer</source>
        <translation>Obrazovka tohoto počítače</translation>
    </message>
    <message>
        <source>Screen {name}</source>
        <translation>Obrazovka {name}</translation>
    </message>
    <message>
        <source>File {name}</source>
        <translation>Soubor {name}</translation>
    </message>
    <message>
        <source>The system&apos;s default</source>
        <translation>Výchozí zařízení systému</translation>
    </message>
    <message>
        <source>{room} free</source>
        <translation>{room} volno</translation>
    </message>
    <message>
        <source>free space not known</source>
        <translation>volné místo není známo</translation>
    </message>
</context>
<context>
    <name>stage</name>
    <message>
        <source>stagebox is starting</source>
        <translation>stagebox se spouští</translation>
    </message>
    <message>
        <source>This takes a few seconds.</source>
        <translation>Trvá to několik sekund.</translation>
    </message>
    <message>
        <source>Not connected for {time}: what you see is old</source>
        <translation>Bez spojení už {time}: vidíte starý stav</translation>
    </message>
    <message>
        <source>OBS goes on recording. The screen comes back by itself.</source>
        <translation>OBS nahrává dál. Obrazovka se vrátí sama.</translation>
    </message>
    <message>
        <source>No news for {time}: what you see is old</source>
        <translation>Bez zpráv už {time}: vidíte starý stav</translation>
    </message>
    <message>
        <source>OBS goes on recording. If this stays, restart the computer after the talk.</source>
        <translation>OBS nahrává dál. Když to potrvá, restartujte po přednášce počítač.</translation>
    </message>
    <message>
        <source>Whether OBS records is not known. If this stays, restart the computer.</source>
        <translation>Není známo, zda OBS nahrává. Pokud to potrvá, restartujte počítač.</translation>
    </message>
    <message>
        <source>Nothing was being recorded. The screen comes back by itself.</source>
        <translation>Nic se nenahrávalo. Obrazovka se sama vrátí.</translation>
    </message>
    <message>
        <source>Nothing was being recorded. If this stays, restart the computer.</source>
        <translation>Nic se nenahrávalo. Pokud to trvá, restartujte počítač.</translation>
    </message>
</context>
<context>
    <name>stream</name>
    <message>
        <source>off air</source>
        <translation>nevysílá</translation>
    </message>
    <message>
        <source>connecting…</source>
        <translation>spojuje se…</translation>
    </message>
    <message>
        <source>lost, coming back</source>
        <translation>přerušen, obnovuje se</translation>
    </message>
    <message>
        <source>ending…</source>
        <translation>končí…</translation>
    </message>
    <message>
        <source>nothing gets through</source>
        <translation>nic neprochází</translation>
    </message>
    <message>
        <source>too slow · {time}</source>
        <translation>příliš pomalý · {time}</translation>
    </message>
    <message>
        <source>live {time}</source>
        <translation>živě {time}</translation>
    </message>
    <message>
        <source>key refused</source>
        <translation>klíč odmítnut</translation>
    </message>
    <message>
        <source>server is gone</source>
        <translation>server neodpovídá</translation>
    </message>
    <message>
        <source>server hangs</source>
        <translation>server se zasekl</translation>
    </message>
    <message>
        <source>no network</source>
        <translation>bez sítě</translation>
    </message>
    <message>
        <source>look at set-up</source>
        <translation>viz nastavení</translation>
    </message>
    <message>
        <source>does not get through</source>
        <translation>neprochází</translation>
    </message>
    <message>
        <source>The target or the key cannot be used. Choose them again here.</source>
        <translation>Cíl nebo klíč nelze použít. Zvolte je zde znovu.</translation>
    </message>
    <message>
        <source>Please wait</source>
        <translation>Počkejte prosím</translation>
    </message>
    <message>
        <source>Ending…</source>
        <translation>Končí…</translation>
    </message>
    <message>
        <source>Hold to end</source>
        <translation>Podržením ukončíte</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>Spouští se…</translation>
    </message>
    <message>
        <source>Set up</source>
        <translation>Nastavit</translation>
    </message>
    <message>
        <source>Waiting for OBS</source>
        <translation>Čeká se na OBS</translation>
    </message>
    <message>
        <source>Go live</source>
        <translation>Vysílat</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>není známo</translation>
    </message>
</context>
<context>
    <name>trial</name>
    <message>
        <source>Recording: {done} of {all}</source>
        <translation>Nahrává se: {done} z {all}</translation>
    </message>
    <message>
        <source>Not while a talk is being recorded</source>
        <translation>Ne během nahrávání přednášky</translation>
    </message>
    <message>
        <source>OBS is not there</source>
        <translation>OBS tu není</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>Spouští se…</translation>
    </message>
    <message>
        <source>Being checked</source>
        <translation>Kontroluje se</translation>
    </message>
    <message>
        <source>Ten seconds of picture and sound, checked like a talk</source>
        <translation>Deset sekund obrazu a zvuku na zkoušku</translation>
    </message>
    <message>
        <source>The last test was good</source>
        <translation>Poslední zkouška byla dobrá</translation>
    </message>
    <message>
        <source>The last test failed</source>
        <translation>Poslední zkouška se nezdařila</translation>
    </message>
    <message>
        <source>The last test needs a look</source>
        <translation>Poslední zkouška potřebuje pohled</translation>
    </message>
    <message>
        <source>The last test was not checked</source>
        <translation>Poslední zkouška nebyla ověřena</translation>
    </message>
</context>
<context>
    <name>unset</name>
    <message>
        <source>No slides are chosen.</source>
        <translation>Není vybrána prezentace.</translation>
    </message>
    <message>
        <source>No camera is chosen.</source>
        <translation>Není vybrána kamera.</translation>
    </message>
    <message>
        <source>No microphone is chosen: no sound.</source>
        <translation>Není vybrán mikrofon: bez zvuku.</translation>
    </message>
    <message>
        <source>No slides and no camera are chosen: no picture.</source>
        <translation>Není vybrána prezentace ani kamera: bez obrazu.</translation>
    </message>
    <message>
        <source>No slides and no microphone are chosen: no sound.</source>
        <translation>Není vybrána prezentace ani mikrofon: bez zvuku.</translation>
    </message>
    <message>
        <source>No camera and no microphone are chosen: no sound.</source>
        <translation>Není vybrána kamera ani mikrofon: bez zvuku.</translation>
    </message>
    <message>
        <source>Nothing is chosen: no picture and no sound.</source>
        <translation>Nic není vybráno: bez obrazu a bez zvuku.</translation>
    </message>
    <message>
        <source>Slides not chosen</source>
        <translation>Prezentace nevybrána</translation>
    </message>
    <message>
        <source>Camera not chosen</source>
        <translation>Kamera nevybrána</translation>
    </message>
    <message>
        <source>Neither slides nor camera chosen</source>
        <translation>Prezentace ani kamera nevybrány</translation>
    </message>
    <message>
        <source>Set it up</source>
        <translation>Nastavit</translation>
    </message>
    <message>
        <source>Choose the slides</source>
        <translation>Vybrat prezentaci</translation>
    </message>
    <message>
        <source>Choose the camera</source>
        <translation>Vybrat kameru</translation>
    </message>
    <message>
        <source>Choose the microphone</source>
        <translation>Vybrat mikrofon</translation>
    </message>
    <message>
        <source>Open Sources</source>
        <translation>Otevřít zdroje</translation>
    </message>
</context>
<context>
    <name>words</name>
    <message>
        <source>Recording in OBS, {time}</source>
        <translation>Nahrávka v OBS, {time}</translation>
    </message>
    <message>
        <source>{n} s</source>
        <translation>{n} s</translation>
    </message>
    <message>
        <source>{n} min</source>
        <translation>{n} min</translation>
    </message>
    <message>
        <source>{n} h</source>
        <translation>{n} h</translation>
    </message>
    <message>
        <source>{m} min left</source>
        <translation>na {m} min</translation>
    </message>
    <message>
        <source>over {h} h left</source>
        <translation>na víc než {h} h</translation>
    </message>
    <message>
        <source>{h} h {m} min left</source>
        <translation>na {h} h {m} min</translation>
    </message>
</context>
</TS>
