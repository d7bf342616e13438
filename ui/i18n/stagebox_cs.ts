<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="cs" sourcelanguage="en">
<context>
    <name>AlarmArea</name>
    <message>
        <source>Seen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Header</name>
    <message>
        <source>Title and speaker: %1, %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Live</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set-up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lock the screen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Locked · hold to unlock</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time of day: %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Keyboard</name>
    <message>
        <source>1234567890</source>
        <comment>keyboard row 1: digits, or the letters with accents of your language</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>qwertyuiop</source>
        <comment>keyboard row 2</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>asdfghjkl&apos;</source>
        <comment>keyboard row 3</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>zxcvbnm,.-</source>
        <comment>keyboard row 4</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shift</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Space</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Done</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Live</name>
    <message>
        <source>Stream: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stream</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Meters</name>
    <message>
        <source>Microphone level</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not known</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>too loud!</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>silent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 dBFS</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PinPad</name>
    <message>
        <source>PIN to unlock</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 digits typed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RecordPanel</name>
    <message>
        <source>Recorded: %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Sessions</name>
    <message>
        <source>Talks in %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was recorded yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Each talk that you record appears here with its verdict.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SetUp</name>
    <message>
        <source>Slides</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Camera</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Before the first talk</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SourceCard</name>
    <message>
        <source>no picture</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TalkSheet</name>
    <message>
        <source>Title of the talk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Speaker</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Tile</name>
    <message>
        <source>on program</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>asked for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>picture is coming</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PROGRAM</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ASKED</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>alarms</name>
    <message>
        <source>Slides</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Camera</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Backup sound</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Disk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stream</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Button box</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>black picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no signal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the picture stands still</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>silent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>too quiet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>too loud</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>one side is dead</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>choppy sound</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>muted in OBS</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>wrong device</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>OBS does not hear the room</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>does not answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>does not move</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>NOT recording</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>little room left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>full</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the recording folder is gone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pictures are being lost</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the computer is too slow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>refused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>too slow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>too hot</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>runs on its battery</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the clock may be wrong</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look at the window of OBS, and tell the crew.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check its cable, and wake the laptop. Press Win + P, Duplicate.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check that the microphone is on, its battery, and its cable.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check its cable, then pull the USB plug and put it back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check that it runs. If need be, switch it off and on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move the microphone closer, or turn it up at the mixer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Turn the microphone down at the mixer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put the microphone into another USB socket, without a hub.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Switch the sound on again in OBS.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the right microphone on the set-up screen.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wait a moment: it comes back by itself. If not, restart the computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Touch Record. If it stays so, tell the crew at once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make room on the disk before the next talk.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make room on the disk now: nothing more can be recorded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put the disk back, and check that it can be written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close other programs on this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The main recording goes on. Tell the crew after the talk.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Let air get to the computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Plug the power supply in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the network. The recording is not harmed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check its USB cable. The touch screen still works.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{what} for {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Record</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose device</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bring it back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restart the source</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Switch the sound on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mend it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show {scene}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>header</name>
    <message>
        <source>touch to name the speaker</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>next talk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>touch to type title and speaker</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Talk without a title</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>hints</name>
    <message>
        <source>The outro is on program, and the recording runs. Is the talk over?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hold to stop.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The intermission is on program, and the recording runs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show both</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody has spoken for {n} minutes, and the recording runs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This recording runs for more than {n} hours. Was it forgotten?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Somebody is speaking, and nothing is being recorded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Record</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rail</name>
    <message>
        <source>Slides</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Camera</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Button box</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not known</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>good</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>look at it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>trouble</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Backup sound</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Disk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>full</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>folder is gone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cannot be written</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} GB free</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no figures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{fps} fps, none lost</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{fps} fps, {n} lost</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>starting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>connecting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>does not answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stream</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>on air</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>off air</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>record</name>
    <message>
        <source>Not known: was recording</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not known</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>OBS is not there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not recording</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>OBS is coming back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>NOT recording yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recording</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>slides are missing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>camera is missing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no sound</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Please wait</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hold to stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting for OBS</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Record</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>one touch begins</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>started {time} by touch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>started {time} by button</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>started {time} in OBS</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>started {time}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sessions</name>
    <message>
        <source>{n} recorded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} good</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} to look at</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} in work</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Talk without a title</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recording</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Good</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not checked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Is being recorded now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waits for its turn</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Making the MP4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Proving that nothing was lost</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Checking picture and sound</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Being processed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The MP4 is made and proven.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The MP4 is made. Something in it needs a look.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No usable MP4 could be made. The recording itself is kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The speaker is still here: ask to repeat {spans}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The speaker is still here: look at it now, and ask to repeat what is lost.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look at the report before you publish it.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>stage</name>
    <message>
        <source>stagebox is starting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This takes a few seconds.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not connected for {time}: what you see is old</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>OBS goes on recording. The screen comes back by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No news for {time}: what you see is old</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>OBS goes on recording. If this stays, restart the computer after the talk.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>stream</name>
    <message>
        <source>on air</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>off air</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not known</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>tiles</name>
    <message>
        <source>Screen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Both</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Speaker</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Intro</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Intermission</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Outro</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>words</name>
    <message>
        <source>{n} s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{m} min left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>over {h} h left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{h} h {m} min left</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
