"""What people bring: photos, in one piece or in many, checked and made ours."""
