// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {PlainDelegate} from "../../contracts/mocks/parties/Receivers.sol";
import {IEscrowErrors} from "../../contracts/interfaces/IEscrowErrors.sol";
import {DealState} from "../../contracts/types/DealState.sol";
import {Permit} from "../../contracts/types/Payment.sol";
import {Offer, Terms} from "../../contracts/types/Terms.sol";
import {vm} from "../support/Vm.sol";
import {TokenBase} from "./TokenBase.sol";

/// @notice Addresses that are no token at all.
contract Token_None is TokenBase {
    function test_RevertWhen_NoCodeIsThere() public harmsNobody {
        _refused(stranger, _notAToken(stranger));
    }

    function test_RevertWhen_NoCodeIsThereAndAPermitIsGiven() public harmsNobody {
        (, Offer memory offer, bytes memory signature) = _offered(stranger);
        vm.expectRevert(_notAToken(stranger));
        vm.prank(buyer);
        escrow.openWithPermit(offer, 0, signature, Permit(block.timestamp, 27, 0, 0));
    }

    function test_RevertWhen_ItIsTheEscrow() public harmsNobody {
        _refused(address(escrow), _notAToken(address(escrow)));
    }

    function test_RevertWhen_ItIsTheReputation() public harmsNobody {
        _refused(address(reputation), _notAToken(address(reputation)));
    }

    function test_RevertWhen_ItIsPermit2() public harmsNobody {
        vm.etch(PERMIT2, address(new PlainDelegate()).code);
        _refused(PERMIT2, _notAToken(PERMIT2));
    }

    /// @dev Hashes and identity answer anything with a word; the others answer with nothing, or fail.
    function test_RevertWhen_ItIsAPrecompile() public harmsNobody {
        for (uint160 i = 1; i <= 9; ++i) {
            address precompile = address(i);
            bool answers = i >= 2 && i <= 4;
            _refused(
                precompile,
                answers ? abi.encodeWithSignature("SafeERC20FailedOperation(address)", precompile) : _notAToken(precompile)
            );
        }
    }

    function _refused(address token, bytes memory refusal) private {
        (Terms memory terms, Offer memory offer, bytes memory signature) = _offered(token);
        vm.expectRevert(refusal);
        vm.prank(buyer);
        escrow.open{gas: 5_000_000}(offer, 0, signature);
        _assertState(terms, DealState.None);
    }

    function _notAToken(address token) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IEscrowErrors.NotAToken.selector, token);
    }
}
