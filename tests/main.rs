mod hand_mangled;
